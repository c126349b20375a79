"""The change feed and the triggers that write it (see kb/change_triggers.py)."""

from django.db import migrations, models

from kb import change_triggers


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        change_triggers.create_postgresql(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('kb', '0005_place_without_source'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeContext',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.BigIntegerField(help_text='正在写入的事务的标记。', verbose_name='事务')),
                ('by', models.CharField(help_text='正在写入的人、令牌或程序。', max_length=300, verbose_name='操作者')),
            ],
            options={
                'verbose_name': '写入者',
                'verbose_name_plural': '写入者',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(help_text='在变更流中的编号，按提交的先后递增；事务尚未提交时为空。', null=True, unique=True, verbose_name='编号')),
                ('resource', models.CharField(help_text='记录所属的资源，即接口地址中的名称，例如 places。', max_length=30, verbose_name='资源')),
                ('record_id', models.BigIntegerField(help_text='被改动的记录的编号；记录可能已经不在。', verbose_name='记录编号')),
                ('action', models.CharField(choices=[('create', '新建'), ('update', '修改'), ('merge', '合并'), ('delete', '删除')], help_text='新建、修改、合并还是删除。', max_length=10, verbose_name='动作')),
                ('into_id', models.BigIntegerField(blank=True, help_text='合并后留下的记录的编号；不是合并时为空。', null=True, verbose_name='并入')),
                ('by', models.CharField(blank=True, help_text='改动记录的人、令牌或程序；没有登记时为空。', max_length=300, verbose_name='操作者')),
                ('at', models.DateTimeField(help_text='改动提交的时间。', verbose_name='时间')),
                ('batch', models.BigIntegerField(help_text='正在写入的事务的标记，用来合并同一事务中的改动；提交后为空。', null=True, verbose_name='事务')),
            ],
            options={
                'verbose_name': '变更',
                'verbose_name_plural': '变更',
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('batch', 'resource', 'record_id'), name='kb_change_in_batch'), models.CheckConstraint(condition=models.Q(models.Q(('action', 'merge'), ('into_id__isnull', False)), models.Q(models.Q(('action', 'merge'), _negated=True), ('into_id__isnull', True)), _connector='OR'), name='kb_change_into')],
            },
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
