"""Chinese first and complete; English without a Chinese word of ours: models, forms, pages, errors."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.contrib import admin
from django.template.base import Lexer, TokenType
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.template import templatize

from kb import vocabulary
from kb.labels import LABELS
from kb.web.labels import LABELS as WEB_LABELS

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]")
PACKAGES = ("kb", "api", "importers")
MODELS = [m for m in apps.get_models() if m.__module__.split(".")[0] in PACKAGES and m._meta.managed]
CATALOGUES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("locale/en/*/django.po"))
TEMPLATES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("templates/**/*")
    if path.suffix in (".html", ".txt", ".svg")
)
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}

DATA = {"api/serializers/links.py", "api/writing/viewset.py"}
"""Modules with words that are data: how answers call an article without a title, and who wrote by a token."""

# Parts whose every Chinese word is shown to people and must be marked for translation.
SHOWN = [
    path
    for pattern in (
        "kb/admin/**/*.py", "kb/models/*.py", "kb/apps.py", "importers/admin.py", "importers/web/*.py",
        "importers/apps.py", "importers/models.py", "api/admin.py", "api/models.py", "api/apps.py",
        "api/documentation.py", "api/filtersets/*.py", "api/pagination.py", "api/parameters.py",
        "api/requests.py", "api/schema.py", "api/serializers/*.py", "api/submission/*.py",
        "api/textquery.py", "api/viewsets/*.py", "api/writing/*.py",
    )
    for path in sorted(ROOT.glob(pattern))
    if path.relative_to(ROOT).as_posix() not in DATA
]  # fmt: skip

CODED = frozenset({"API", "HTTP", "SHA-256", "Webhook"})
"""Labels that are the same in both languages."""


def words_of(model):
    """Everything that a model says of itself to people, by where it stands."""
    yield "verbose_name", model._meta.verbose_name
    yield "verbose_name_plural", model._meta.verbose_name_plural
    for field in (*model._meta.fields, *model._meta.many_to_many):
        yield field.name, field.verbose_name
        yield f"{field.name} help", field.help_text
        for value, label in field.choices or ():
            yield f"{field.name} {value}", label


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_speaks_both_languages(model):
    with translation.override("en"):
        chinese = {where: str(words) for where, words in words_of(model) if CHINESE.search(str(words))}
    assert not chinese, "without a translation"
    if model.__name__.startswith("Historical"):
        return  # the fields of the model itself, and those of the history's package
    with translation.override("zh-hans"):
        english = {
            where: str(words)
            for where, words in words_of(model)
            if str(words) and str(words) not in CODED and not CHINESE.search(str(words))
        }
    own = {where: words for where, words in english.items() if where not in ("id", "id help")}
    assert not own, "not in Chinese"


def test_an_application_speaks_both_languages():
    for config in apps.get_app_configs():
        if config.name.split(".")[0] in PACKAGES and config.models_module:
            with translation.override("en"):
                assert not CHINESE.search(str(config.verbose_name)), config.name
            with translation.override("zh-hans"):
                assert CHINESE.search(str(config.verbose_name)), config.name


def test_every_label_of_the_vocabulary_is_listed_for_translators():
    groups = [
        group
        for name, group in vars(vocabulary).items()
        if isinstance(group, type)
        and issubclass(group, vocabulary.Vocabulary)
        and name not in ("Vocabulary", "FurnitureKind")  # what the layout calls its parts is never shown
    ]
    labels = {member.label for group in groups for member in group}
    assert labels - set(WEB_LABELS) - set(LABELS) == set()
    with translation.override("en"):
        assert [label for label in labels if CHINESE.search(gettext(label))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT).parts[0])
def test_a_catalogue_is_complete_and_compiled(path):
    with path.open("rb") as file:
        catalogue = read_po(file)
    entries = [entry for entry in catalogue if entry.id]
    assert entries
    assert [entry.id for entry in entries if entry.fuzzy] == []
    assert [e.id for e in entries if not all(e.string if isinstance(e.string, tuple) else (e.string,))] == []
    assert [e.id for e in entries if any(CHINESE.search(s) for s in texts(e.string))] == []
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {key(entry): tuple(texts(entry.string)) for entry in read_mo(file) if entry.id}
    assert compiled == {key(entry): tuple(texts(entry.string)) for entry in entries}, "compile it: msgfmt"


def texts(string):
    return string if isinstance(string, tuple | list) else (string,)


def key(entry):
    return entry.id if isinstance(entry.id, str) else tuple(entry.id)


def marked(tree):
    """The literals of a module that stand in a call that marks them for translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MARKS:
                yield from (each for each in node.args if isinstance(each, ast.Constant))


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def sources():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@pytest.mark.parametrize("package", PACKAGES)
def test_whatever_is_marked_in_the_code_is_translated(package):
    missing = []
    with translation.override("en"):
        for path in sources():
            if path.relative_to(ROOT).parts[0] == package:
                for literal in marked(parsed(path)):
                    if CHINESE.search(str(literal.value)) and CHINESE.search(gettext(literal.value)):
                        missing.append(f"{path.relative_to(ROOT)}:{literal.lineno} {literal.value}")
    assert not missing


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_whatever_people_see_is_marked(path):
    tree = parsed(path)
    allowed = {id(each) for each in marked(tree)}
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring:
            allowed.add(id(node.value))
        if isinstance(node, ast.keyword) and node.arg == "example":
            allowed.add(id(node.value))  # a value to try, which names something of the knowledge base
    loose = [
        f"{node.lineno} {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in allowed
        and node.value.strip("，。；：、（）“”") != ""
    ]
    assert not loose


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_marked_and_translated(path):
    text = path.read_text(encoding="utf-8")
    code = templatize(text, origin=str(path))
    asked = re.findall(r"gettext(?:_noop)?\(u?(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")", code)
    words = [ast.literal_eval(f"'''{one or two}'''") for one, two in asked]
    with translation.override("en"):
        assert [word for word in words if CHINESE.search(gettext(word.strip()))] == []
    assert loose_words(text) == []


def loose_words(text):
    """The Chinese words of a template outside of what is marked for translation."""
    is_inside, found = False, []
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            is_inside = token.contents.startswith("blocktrans") or (
                is_inside and not token.contents.startswith("endblocktrans")
            )
        elif token.token_type == TokenType.TEXT and not is_inside:
            found += re.findall(r"[\u3400-\u9fff]+", token.contents)
    return found


def addresses():
    """The index, and each list and new row's form that there is."""
    yield reverse("admin:index")
    for model, of_model in sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label):
        if model.__module__.split(".")[0] in PACKAGES:
            prefix = f"admin:{of_model.opts.app_label}_{of_model.opts.model_name}"
            yield reverse(f"{prefix}_changelist")
            yield reverse(f"{prefix}_add")


@pytest.mark.parametrize("path", list(addresses()))
def test_an_empty_page_of_the_admin_has_no_word_of_the_other_language(admin_client, path):
    response = admin_client.get(path, headers={"accept-language": "en"})
    if response.status_code == 403:
        return  # rows that nobody makes by hand
    assert response.status_code == 200
    shown = re.sub(r"<option value=\"[^\"]*\">[^<]*(?:市|盟)</option>", "", response.content.decode())
    assert re.findall(r"[^<>\"]*[\u3400-\u9fff]+[^<>\"]*", shown) == []
