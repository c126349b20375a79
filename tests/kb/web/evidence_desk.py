"""What the script of the evidence page sends, for tests that send it themselves."""

import re


def version(row):
    row.refresh_from_db()
    return f"{int(row.updated_at.timestamp() * 1_000_000):x}"


def address(row, rest=""):
    kind = row._meta.model_name.removesuffix("mention")
    return f"/articles/{row.article_id}/records/{kind}/{row.pk}/{rest}"


def decide(desk, row, action):
    return desk.post(address(row, f"{action}/"), {"version": version(row)})


def fields(answer):
    """What the form of an answer would send as it stands."""
    html = answer.json()["form"]
    values = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("radio" not in tag or "checked" in tag):
            values[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return values


def span(article, text):
    start = article.body.index(text)
    return {"start": start, "end": start + len(text), "text": text}
