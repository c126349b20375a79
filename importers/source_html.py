"""The article of a web page, without menus, adverts and footers."""

import re

_TAG = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page's source."""
    return bool(_TAG.search(text[:2000]))


def text_of_html(source: str) -> str:
    """The headline and the paragraphs of a web page's article, a blank line after the headline.

    Nothing where the page holds no article. The text is found by trafilatura.
    """
    from trafilatura import bare_extraction  # takes a second to import, and only web pages need it

    found = bare_extraction(source, include_comments=False, include_tables=False, favor_recall=True)
    if found is None or isinstance(found, dict):
        return ""
    title, text = found.title or "", found.text or ""
    return text if not title or text.startswith(title) else f"{title}\n\n{text}"
