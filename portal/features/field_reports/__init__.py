"""Daily reports (báo cáo ngày): what each unit did on each day of a campaign, and its rate."""
