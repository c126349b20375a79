"""Addresses that are told of changes, and the log of what was sent to them."""

import django.db.models.deletion
import kb.models.webhooks
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kb', '0007_filter_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='接收通知的 http 或 https 地址；内网地址须由管理员在设置中放行。', max_length=500, validators=[kb.models.webhooks.check_address], verbose_name='地址')),
                ('secret', models.CharField(default=kb.models.webhooks.new_secret, help_text='用来给通知签名的密钥，请交给接收方。', max_length=100, verbose_name='密钥')),
                ('resources', models.JSONField(blank=True, default=list, help_text='只通知这些资源的变更，例如 ["initiatives", "metrics"]；空列表表示全部。', validators=[kb.models.webhooks.check_resources], verbose_name='资源')),
                ('is_active', models.BooleanField(default=True, help_text='停用期间的变更不会丢失，重新启用后补发。', verbose_name='启用')),
                ('cursor', models.BigIntegerField(editable=False, help_text='已经写入投递记录的最后一条变更的编号。', null=True, verbose_name='游标')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='登记的时间。', verbose_name='创建时间')),
            ],
            options={
                'verbose_name': '变更通知',
                'verbose_name_plural': '变更通知',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('after', models.BigIntegerField(help_text='第一条变更之前的编号。', verbose_name='起点')),
                ('upto', models.BigIntegerField(help_text='最后一条变更的编号。', verbose_name='终点')),
                ('state', models.CharField(choices=[('waiting', '等待'), ('taken', '送达'), ('given_up', '放弃')], default='waiting', help_text='等待、送达，或多次失败后放弃。', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveIntegerField(default=0, help_text='已经发送过几次。', verbose_name='次数')),
                ('due_at', models.DateTimeField(help_text='在此之前不会（再）发送；正在发送时为这一次的期限。', verbose_name='下次发送')),
                ('status', models.PositiveSmallIntegerField(blank=True, help_text='接收方回答的 HTTP 状态码；没有回答时为空。', null=True, verbose_name='回答')),
                ('error', models.CharField(blank=True, help_text='最近一次失败的原因。', max_length=300, verbose_name='错误')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='写入投递记录的时间。', verbose_name='创建时间')),
                ('done_at', models.DateTimeField(blank=True, help_text='送达或放弃的时间。', null=True, verbose_name='结束时间')),
                ('webhook', models.ForeignKey(help_text='发往哪个地址。', on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='kb.webhook', verbose_name='变更通知')),
            ],
            options={
                'verbose_name': '投递记录',
                'verbose_name_plural': '投递记录',
                'ordering': ('-created_at', 'id'),
                'indexes': [models.Index(fields=['webhook', 'state', 'upto'], name='kb_delivery_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'taken', 'given_up'])), name='kb_delivery_state_listed'), models.UniqueConstraint(fields=('webhook', 'upto'), name='kb_delivery_once')],
            },
        ),
    ]
