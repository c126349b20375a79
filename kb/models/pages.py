"""Newspapers, their pages, the articles on a page, and who wrote them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.models.base import NAME_LENGTH, Record, labelled, listed
from kb.models.history import Tracked
from kb.names import normalise
from kb.vocabulary import ArticleKind, CreditRole


class Publication(Record):
    """A newspaper, a site or another medium that pages come from."""

    name = models.CharField(
        _("报刊名称"), max_length=NAME_LENGTH, unique=True, help_text=_("报刊的完整名称，全库不重复。")
    )
    home_city = models.ForeignKey(
        "kb.Place",
        # A newspaper stays one where its city's row is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所在盟市"),
        help_text=_("报刊主要报道的盟市；文中“全市”“我市”指的就是它。"),
    )

    history = Tracked()

    class Meta(Record.Meta):
        verbose_name = _("报刊")
        verbose_name_plural = _("报刊")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Page(Record):
    """One source file: the text of one newspaper page, as it came in."""

    publication = models.ForeignKey(
        Publication,
        # Pages are the evidence of everything; a newspaper with pages cannot be removed.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("报刊"),
        help_text=_("这一版所属的报刊，版面上没有写明时为空。"),
    )
    source_file = models.CharField(
        _("源文件"), max_length=NAME_LENGTH, db_index=True, help_text=_("导入时的文件名，不含目录。")
    )
    sha256 = models.CharField(
        _("内容摘要"),
        max_length=64,
        unique=True,
        help_text=_("源文件内容的 SHA-256 摘要；同样的内容只存一次。"),
    )
    encoding = models.CharField(
        _("原编码"), max_length=40, help_text=_("源文件原来的文字编码，入库时统一转为 Unicode。")
    )
    issue_date = models.DateField(
        _("出版日期"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("报纸的出版日期，版面上没有写明时为空。"),
    )
    page_name = models.CharField(
        _("版名"), max_length=NAME_LENGTH, blank=True, help_text=_("版次或版面名称，版面上没有写明时为空。")
    )
    home_city = models.ForeignKey(
        "kb.Place",
        # A page stays one where its city's row is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所属盟市"),
        help_text=_("这一版主要报道的盟市，由报刊或版面内容得出。"),
    )
    raw_text = models.TextField(_("原文"), help_text=_("整版的文字，与源文件一致，只换了编码。"))
    furniture = models.JSONField(
        _("版面附件"),
        default=list,
        blank=True,
        help_text=_("不属于任何文章的行，例如栏目名、版次和值班编辑，及其行号和类别。"),
    )
    notes = models.JSONField(
        _("导入说明"), default=list, blank=True, help_text=_("读取这一版时值得知道的情况，例如编码转换。")
    )
    importer_version = models.CharField(
        _("导入程序版本"), max_length=40, help_text=_("最近一次读取这一版的导入程序的版本。")
    )

    # The text never changes, and what the importer notes beside it is no one's edit.
    history = Tracked(
        excluded=("sha256", "encoding", "raw_text", "furniture", "notes", "importer_version", "source_file")
    )

    class Meta(Record.Meta):
        verbose_name = _("版面")
        verbose_name_plural = _("版面")
        ordering = ("id",)
        indexes = (
            models.Index(fields=("page_name", "id"), name="kb_page_page_name"),
            models.Index(fields=("updated_at", "id"), name="kb_page_updated"),
        )

    def __str__(self) -> str:
        return self.source_file


class Author(models.Model):
    """A name that articles are credited to; persons of the same name are not told apart."""

    name = models.CharField(
        _("姓名"), max_length=NAME_LENGTH, help_text=_("署名中的姓名，已去掉为对齐而加的空格。")
    )
    key = models.CharField(
        _("识别键"),
        max_length=NAME_LENGTH,
        unique=True,
        editable=False,
        help_text=_("规整后的姓名，全库不重复；同名的人不加区分。"),
    )

    history = Tracked(only=("name",))

    class Meta:
        verbose_name = _("作者")
        verbose_name_plural = _("作者")
        ordering = ("name", "id")
        indexes = (models.Index(fields=("name", "id"), name="kb_author_name"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Stores the row with the key that its name gives."""
        self.key = normalise(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Article(Record):
    """One item of a page that has a text of its own."""

    page = models.ForeignKey(
        Page,
        # An article is a part of its page.
        on_delete=models.CASCADE,
        related_name="articles",
        verbose_name=_("版面"),
        help_text=_("文章所在的版面。"),
    )
    first_line = models.PositiveIntegerField(
        _("首行"), help_text=_("文章第一行在源文件中的行号，从 1 数起；与版面一起确定一篇文章。")
    )
    part = models.PositiveSmallIntegerField(
        _("同行序号"), default=0, help_text=_("几篇短文从同一行开始时的先后次序，从 0 数起。")
    )
    ordinal = models.PositiveIntegerField(_("次序"), help_text=_("文章在这一版中的先后次序，从 0 数起。"))
    lines = models.JSONField(
        _("行范围"),
        default=list,
        help_text=_("文章各部分在源文件中的起止行号，按阅读顺序排列，首尾都包含在内。"),
    )
    title = models.CharField(
        _("标题"),
        max_length=500,
        blank=True,
        help_text=_("主标题，合成一行，不含肩题；版面上没有标题时为空。"),
    )
    kicker = models.CharField(
        _("肩题"), max_length=NAME_LENGTH, blank=True, help_text=_("标题上方点明何人何地的一行，没有时为空。")
    )
    column = models.CharField(
        _("栏目"),
        max_length=NAME_LENGTH,
        blank=True,
        db_index=True,
        help_text=_("文章所在的固定栏目，按版面印刷的文字书写，没有时为空。"),
    )
    kind = models.CharField(
        _("体裁"),
        max_length=20,
        choices=labelled(ArticleKind),
        help_text=_("文章是报道、评论、简讯还是图片新闻。"),
    )
    dateline = models.CharField(
        _("电头"), max_length=NAME_LENGTH, blank=True, help_text=_("电头中的地点和月日，没有时为空。")
    )
    reprinted_from = models.CharField(
        _("转载自"), max_length=NAME_LENGTH, blank=True, help_text=_("“转自”或“来源”所指的报刊，没有时为空。")
    )
    body = models.TextField(
        _("正文"),
        blank=True,
        help_text=_("按阅读顺序排列的各段文字，已去掉折行、署名、电头和摄影署名；所有原文位置都以它为准。"),
    )
    city = models.ForeignKey(
        "kb.Place",
        # An article stays where the row of its city is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles_about",
        verbose_name=_("盟市"),
        help_text=_("文章所讲的盟市，看不出时为空。"),
    )
    authors = models.ManyToManyField(
        Author,
        through="kb.Credit",
        related_name="articles",
        verbose_name=_("作者"),
        help_text=_("文章署名的人。"),
    )

    history = Tracked()

    class Meta(Record.Meta):
        verbose_name = _("文章")
        verbose_name_plural = _("文章")
        ordering = ("id",)
        constraints = (
            *Record.Meta.constraints,
            listed("kind", ArticleKind),
            models.UniqueConstraint(fields=("page", "first_line", "part"), name="kb_article_natural_key"),
        )
        indexes = (
            models.Index(fields=("city", "kind", "id"), name="kb_article_city_kind"),
            models.Index(fields=("kind", "id"), name="kb_article_kind"),
            models.Index(fields=("updated_at", "id"), name="kb_article_updated"),
        )

    def __str__(self) -> str:
        return self.title or f"{self.body[:20]}…"


class Credit(models.Model):
    """A person named as one who made an article, in one role."""

    article = models.ForeignKey(
        Article,
        # A credit is a part of its article.
        on_delete=models.CASCADE,
        related_name="credits",
        verbose_name=_("文章"),
        help_text=_("署名的文章。"),
    )
    author = models.ForeignKey(
        Author,
        # A person who is credited cannot be removed silently.
        on_delete=models.PROTECT,
        related_name="credits",
        verbose_name=_("作者"),
        help_text=_("署名的人。"),
    )
    role = models.CharField(
        _("角色"),
        max_length=20,
        choices=labelled(CreditRole),
        help_text=_("以什么身份署名：记者、实习生、通讯员、摄影或作者。"),
    )
    ordinal = models.PositiveSmallIntegerField(
        _("次序"), default=0, help_text=_("在署名中的先后次序，从 0 数起。")
    )

    class Meta:
        verbose_name = _("署名")
        verbose_name_plural = _("署名")
        ordering = ("article_id", "ordinal", "id")
        constraints = (
            listed("role", CreditRole),
            models.UniqueConstraint(fields=("article", "author", "role"), name="kb_credit_natural_key"),
        )

    def __str__(self) -> str:
        return f"{self.author}（{self.get_role_display()}）"
