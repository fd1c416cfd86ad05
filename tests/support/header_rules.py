"""What the headers of every answer have to keep."""

from collections.abc import Iterator

from werkzeug.wrappers import Response


def _policy(response: Response) -> dict[str, set[str]]:
    parts = (
        part.split() for part in response.headers.get("Content-Security-Policy", "").split(";")
    )
    return {words[0]: set(words[1:]) for words in parts if words}


def of_every_answer(response: Response) -> Iterator[str]:
    """No guessing of types, and no address of ours told to others."""
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is not nosniff"
    if response.headers.get("Referrer-Policy") not in {"no-referrer", "same-origin"}:
        yield "Referrer-Policy tells others where the reader came from"


def of_every_page(response: Response) -> Iterator[str]:
    """A closed content policy, and nothing kept on a shared phone."""
    policy = _policy(response)
    if policy.get("default-src") != {"'none'"}:
        yield "the content policy does not start from default-src 'none'"
    if policy.get("frame-ancestors") != {"'none'"}:
        yield "the content policy lets others frame the page"
    unsafe = {word for words in policy.values() for word in words if word.startswith("'unsafe")}
    if unsafe:
        yield f"the content policy allows {sorted(unsafe)}"
    if "no-store" not in response.headers.get("Cache-Control", ""):
        yield "Cache-Control lets the page be kept"


def of_citizens_pages(response: Response, session_cookie: str) -> Iterator[str]:
    """Nobody without an account is given a session."""
    for cookie in response.headers.getlist("Set-Cookie"):
        name = cookie.partition("=")[0]
        if name == session_cookie or name in {"remember_token", "session"}:
            yield f"a citizen is given the cookie {name}"
