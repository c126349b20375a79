"""A record that stands for two is taken apart."""

import pytest
from django.urls import reverse

from kb.changes import attributed
from kb.merging.split import SplitError, split
from kb.models import InitiativeMention, Metric, Organisation, OrganisationMention, PlaceMention
from tests.factories import MetricFactory, OrganisationFactory, OrganisationMentionFactory
from tests.kb.test_admin import address
from tests.world import mix_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(world):
    mix_up(world)
    return world


def part(*args, **more):
    with attributed("张三"):
        return split(*args, **more)


def test_a_new_record_takes_the_mentions_and_what_hangs_on_them(mixed):
    done = part(mixed.team, [mixed.elsewhere.pk], name="晨光书屋志愿队")
    assert (done.mentions, done.metrics, done.initiatives) == (1, 1, 1)
    new = Organisation.objects.get(name="晨光书屋志愿队")
    assert done.target == new
    assert (new.category, new.city, new.origin) == (mixed.team.category, mixed.team.city, "manual")
    mention = OrganisationMention.objects.get(pk=mixed.elsewhere.pk)
    assert (mention.organisation, mention.locked) == (new, ["organisation"])
    books = Metric.objects.get(pk=mixed.books.pk)
    assert (books.organisation, books.locked) == (new, ["organisation"])
    assert list(mixed.bookroom.organisers.all()) == [new]
    mixed.bookroom.refresh_from_db()
    assert mixed.bookroom.locked == ["organisers"]
    assert mixed.communities in Metric.objects.filter(organisation=mixed.team)
    assert list(mixed.lark.organisers.all()) == [mixed.team]
    assert new in Organisation.objects.with_text("晨光书屋")


def test_everything_that_moved_tells_of_it(mixed):
    part(mixed.team, [mixed.elsewhere.pk], name="晨光书屋志愿队")
    for row in (mixed.elsewhere, mixed.books, mixed.bookroom):
        latest = row.history.latest("history_id")
        assert (latest.history_change_reason, latest.history_user_id) == ("split", "张三"), row


def test_what_is_mentioned_there_still_keeps_its_figures(mixed):
    OrganisationMentionFactory(article=mixed.ordos_article, text="达拉特旗", organisation=mixed.team)
    done = part(mixed.team, [mixed.elsewhere.pk], mixed.department)
    assert (done.mentions, done.metrics, done.initiatives) == (1, 0, 0)
    assert Metric.objects.get(pk=mixed.books.pk).organisation == mixed.team


def test_an_initiative_that_others_mention_too_keeps_its_organiser(mixed):
    InitiativeMention.objects.filter(initiative=mixed.lark).update(initiative=mixed.bookroom)
    assert part(mixed.team, [mixed.elsewhere.pk], mixed.department).initiatives == 0


def test_only_the_mentions_go_where_nothing_is_to_be_carried(mixed):
    done = part(mixed.team, [mixed.elsewhere.pk], mixed.department, carry=False)
    assert (done.mentions, done.metrics, done.initiatives) == (1, 0, 0)


def test_places_and_initiatives_are_split_too(world):
    figure = MetricFactory(article=world.baotou_article, text="9624", value=1, place=world.town, ordinal=1)
    mention = PlaceMention.objects.get(place=world.town)
    done = part(world.town, [mention.pk], name="鹿苑街道")
    assert (done.target.level, done.target.parent) == ("township", world.kundulun)
    figure.refresh_from_db()
    assert figure.place == done.target
    mention = InitiativeMention.objects.get(initiative=world.lark)
    done = part(world.lark, [mention.pk], name="“云雀”夜校")
    assert done.metrics == 2
    assert done.target.kind == "brand"


@pytest.mark.parametrize(
    ("name", "words"), [("新城区石榴花志愿服务队", "已经是"), ("", "空"), ("甲" * 301, "300")]
)
def test_a_name_that_will_not_do_is_refused(mixed, name, words):
    before = Organisation.objects.count()
    with pytest.raises(SplitError, match=words):
        part(mixed.team, [mixed.elsewhere.pk], name=name)
    assert Organisation.objects.count() == before


def test_into_itself_a_rejected_one_or_of_others_mentions_is_refused(mixed):
    with pytest.raises(SplitError, match="自身"):
        part(mixed.team, [mixed.elsewhere.pk], mixed.team)
    with pytest.raises(SplitError, match="没有选中"):
        part(mixed.team, mixed.department.mentions.values_list("pk", flat=True), name="新队")
    with pytest.raises(SplitError, match="已否定"):
        part(mixed.team, [mixed.elsewhere.pk], OrganisationFactory(state="rejected"))


class TestPage:
    def url(self, world):
        return reverse("admin:kb_organisation_split", args=[world.team.pk])

    def test_the_form_leads_to_it_and_it_shows_the_words(self, admin_client, mixed):
        assert (
            self.url(mixed)
            in admin_client.get(address(Organisation, "change", mixed.team.pk)).content.decode()
        )
        shown = admin_client.get(self.url(mixed)).content.decode()
        assert f'name="mentions" value="{mixed.elsewhere.pk}"' in shown
        assert "<mark>“晨光”书屋</mark>" in shown

    def test_chosen_mentions_go_to_a_new_record_or_to_one_that_is_there(self, admin_client, mixed):
        values = {"mentions": [mixed.elsewhere.pk], "name": "晨光书屋志愿队", "carry": "on"}
        answer = admin_client.post(self.url(mixed), values, follow=True)
        assert "1 处出处、1 条数据、1 项举措" in answer.content.decode()
        new = Organisation.objects.get(name="晨光书屋志愿队")
        back = reverse("admin:kb_organisation_split", args=[new.pk])
        admin_client.post(back, {"mentions": [mixed.elsewhere.pk], "target": mixed.team.pk})
        assert OrganisationMention.objects.get(pk=mixed.elsewhere.pk).organisation == mixed.team

    def test_a_wrong_form_is_shown_again_with_what_was_chosen(self, admin_client, mixed):
        both = {"mentions": [mixed.elsewhere.pk], "name": "新队", "target": mixed.department.pk}
        shown = admin_client.post(self.url(mixed), both).content.decode()
        assert "二者取一" in shown
        assert f'value="{mixed.elsewhere.pk}" checked' in shown
        taken = {"mentions": [mixed.elsewhere.pk], "name": mixed.team.name}
        assert "已经是" in admin_client.post(self.url(mixed), taken).content.decode()
        assert "errornote" in admin_client.post(self.url(mixed), {"name": "新队"}).content.decode()
        assert mixed.team.mentions.count() == 2

    def test_it_takes_the_right_to_change(self, client, django_user_model, mixed):
        client.force_login(django_user_model.objects.create_user("leser", is_staff=True))
        assert client.post(self.url(mixed), {"mentions": [1], "name": "新队"}).status_code == 403
