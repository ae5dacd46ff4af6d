"""Every word that a message says by itself, in the languages of the readers.

One row per label, columns in the order of `LOCALES`, parted by " | "; a row goes on in the indented lines below it. A
new language is a new column, here, in `_desk_labels` and in `_answer_labels`. Rule files bring their own names
(sectors) and the alert its own headlines.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.deliver._answer_labels import TABLE as _ANSWER_TABLE
from bot.deliver._desk_labels import TABLE as _DESK_TABLE

LOCALES = ("en", "nl", "de", "fr", "es", "ja", "zh-Hans", "ko")

_TABLE = """
band.urgent: Urgent | Urgent | Dringend | Urgent | Urgente | 緊急 | 紧急 | 긴급
band.alert: Alert | Melding | Meldung | Alerte | Alerta | 警報 | 警报 | 경보
band.digest: Digest | Overzicht | Übersicht | Synthèse | Resumen | 週報 | 周报 | 주보
band.archive: Archive | Archief | Archiv | Archives | Archivo | 保管 | 存档 | 보관

direction.tighten: Tightening | Aanscherping | Verschärfung | Durcissement | Endurecimiento | 規制強化 | 收紧
  | 규제 강화
direction.ease: Easing | Versoepeling | Lockerung | Assouplissement | Relajación | 規制緩和 | 放宽 | 규제 완화

stage.considered: Under consideration | Overwogen | Erwogen | Envisagé | En estudio | 検討中 | 考虑中 | 검토 중
stage.proposed: Proposed | Voorgesteld | Vorgeschlagen | Proposé | Propuesto | 提案 | 拟议 | 제안
stage.announced: Announced | Aangekondigd | Angekündigt | Annoncé | Anunciado | 発表 | 已公布 | 발표
stage.in-force: In force | Van kracht | In Kraft | En vigueur | En vigor | 施行中 | 已生效 | 시행 중
stage.suspended: Suspended | Opgeschort | Ausgesetzt | Suspendu | Suspendido | 停止中 | 暂停 | 유예
stage.lifted: Lifted | Opgeheven | Aufgehoben | Levé | Levantado | 解除 | 已取消 | 해제
stage.extended: Extended | Verlengd | Verlängert | Prolongé | Prorrogado | 延長 | 延长 | 연장
stage.denied: Denied | Ontkend | Dementiert | Démenti | Desmentido | 否定 | 否认 | 부인
stage.historic: Historic | Historisch | Historisch | Historique | Histórico | 過去の措置 | 历史 | 과거

authority.official: official | officieel | amtlich | officiel | oficial | 公式 | 官方 | 공식
authority.wire: news agency | persbureau | Agentur | agence | agencia | 通信社 | 通讯社 | 통신사
authority.press: press | pers | Presse | presse | prensa | 報道 | 媒体 | 언론
authority.trade: trade press | vakpers | Fachpresse | presse pro | prensa técnica | 業界紙 | 行业媒体 | 업계지
authority.think-tank: think tank | denktank | Denkfabrik | groupe de réflexion | centro de estudios | 研究機関 | 智库
  | 연구소
authority.blog: blog | blog | Blog | blog | blog | ブログ | 博客 | 블로그
authority.unknown: source | bron | Quelle | source | fuente | 情報源 | 来源 | 출처
unverified: unverified source: {why} | niet-geverifieerde bron: {why} | nicht bestätigte Quelle: {why}
  | source non vérifiée : {why} | fuente no verificada: {why} | 未確認の情報源: {why} | 未经核实的来源：{why}
  | 미확인 출처: {why}

score: score {score} | score {score} | Punktzahl {score} | score {score} | puntuación {score} | スコア {score}
  | 得分 {score} | 점수 {score}
relevance: relevance {percent}% | relevantie {percent}% | Relevanz {percent} % | pertinence {percent} %
  | relevancia {percent} % | 関連度 {percent}% | 相关度 {percent}% | 관련도 {percent}%
exposed: Exposed | Geraakt | Betroffen | Exposés | Expuestos | 影響を受ける分野 | 受影响行业 | 영향 분야
why: Why you see this | Waarom u dit ziet | Warum Sie das sehen | Pourquoi ceci vous parvient | Por qué recibe esto
  | 通知の理由 | 通知原因 | 알림 이유
words: In their own words | In hun eigen woorden | Im Wortlaut | Dans le texte | En sus palabras | 原文 | 原文 | 원문
sources: Sources | Bronnen | Quellen | Sources | Fuentes | 情報源 | 来源 | 출처
more-sources: and {count} more | en nog {count} | und {count} weitere | et {count} de plus | y {count} más
  | 他 {count} 件 | 另有 {count} 个 | 외 {count}건
confirmed: Confirmed: {by} | Bevestigd: {by} | Bestätigt: {by} | Confirmé : {by} | Confirmado: {by} | 公式確認: {by}
  | 官方确认：{by} | 공식 확인: {by}
press-only: Press only, no official text yet | Alleen pers, nog geen officiële tekst
  | Nur Presse, noch kein amtlicher Text | Presse seulement, pas encore de texte officiel
  | Solo prensa, aún sin texto oficial | 報道のみ、公式文書は未確認 | 仅媒体报道，尚无官方文本
  | 언론 보도만 있음, 공식 문서 미확인
effective: In force from {day} | Van kracht vanaf {day} | In Kraft ab {day} | En vigueur le {day}
  | En vigor desde {day} | {day} 施行 | {day} 起生效 | {day} 시행
until: Until {day} | Tot {day} | Bis {day} | Jusqu’au {day} | Hasta {day} | {day} まで | 至 {day} | {day}까지
limits: Limits | Beperkingen | Einschränkungen | Limites | Límites | 適用範囲の限定 | 适用限制 | 적용 제한
rules: Rules | Regels | Regeln | Règles | Reglas | ルール | 规则 | 규칙
first-seen: first seen {when} | voor het eerst gezien {when} | zuerst gesehen {when} | vu d’abord le {when}
  | visto por primera vez {when} | 初出 {when} | 首见 {when} | 최초 확인 {when}
updated: updated {when} | bijgewerkt {when} | aktualisiert {when} | mis à jour le {when} | actualizado {when}
  | 更新 {when} | 更新于 {when} | 갱신 {when}
new-here: What is new | Wat is er nieuw | Was neu ist | Ce qui est nouveau | Qué hay de nuevo | 新しい点 | 最新变化
  | 새로운 내용
change.stage: Now: {after} (was: {before}) | Nu: {after} (was: {before}) | Jetzt: {after} (zuvor: {before})
  | Désormais : {after} (auparavant : {before}) | Ahora: {after} (antes: {before}) | 現在：{after}（以前：{before}）
  | 现为：{after}（此前：{before}） | 현재: {after} (이전: {before})
change.now: Now: {after} | Nu: {after} | Jetzt: {after} | Désormais : {after} | Ahora: {after} | 現在：{after}
  | 现为：{after} | 현재: {after}
change.effective: In force from {after} (was: {before}) | Van kracht vanaf {after} (was: {before})
  | In Kraft ab {after} (zuvor: {before}) | En vigueur le {after} (auparavant : {before})
  | En vigor desde {after} (antes: {before}) | {after} 施行（以前：{before}） | {after} 起生效（此前：{before}）
  | {after} 시행 (이전: {before})
change.until: Until {after} (was: {before}) | Tot {after} (was: {before}) | Bis {after} (zuvor: {before})
  | Jusqu’au {after} (auparavant : {before}) | Hasta {after} (antes: {before}) | {after} まで（以前：{before}）
  | 至 {after}（此前：{before}） | {after}까지 (이전: {before})
change.targets: Aimed at {after} (was: {before}) | Gericht op {after} (was: {before})
  | Richtet sich gegen {after} (zuvor: {before}) | Vise {after} (auparavant : {before})
  | Dirigido a {after} (antes: {before}) | 対象：{after}（以前：{before}） | 针对：{after}（此前：{before}）
  | 대상: {after} (이전: {before})
change.aimed: Aimed at {after} | Gericht op {after} | Richtet sich gegen {after} | Vise {after} | Dirigido a {after}
  | 対象：{after} | 针对：{after} | 대상: {after}
change.clause: {act}, clause {clause} | {act}, clausule {clause} | {act}, Klausel {clause} | {act}, clause {clause}
  | {act}, cláusula {clause} | {act} 第{clause}項 | {act} 第 {clause} 款 | {act} 제{clause}항
change.measure: The measure | De maatregel | Die Maßnahme | La mesure | La medida | 同措置 | 该措施 | 해당 조치
change.state: {act}: {state} | {act}: {state} | {act}: {state} | {act} : {state} | {act}: {state} | {act}：{state}
  | {act}：{state} | {act} 관련: {state}
change.by: (by {by}) | (door {by}) | (durch {by}) | (par {by}) | (por {by}) | （{by} による）
  | （依据 {by}） | ({by}에 따름)
change.rest: the rest stays in force | de rest blijft van kracht | der Rest bleibt in Kraft
  | le reste demeure en vigueur | el resto sigue en vigor | 残りの部分は引き続き有効
  | 其余部分继续有效 | 나머지는 계속 유효
change.term: now until {after} (was: {before}) | nu tot {after} (was: {before}) | jetzt bis {after} (zuvor: {before})
  | désormais jusqu’au {after} (auparavant : {before}) | ahora hasta el {after} (antes: {before})
  | {after} までに変更（以前：{before}） | 改为至 {after}（此前：{before}） | {after}까지로 변경 (이전: {before})
change.ends: now until {after} | nu tot {after} | jetzt bis {after} | désormais jusqu’au {after}
  | ahora hasta el {after} | {after} まで | 至 {after} | {after}까지
state.considered: under consideration | overwogen | in Erwägung | à l’étude | en estudio | 検討中 | 考虑中 | 검토 중
state.proposed: proposed | voorgesteld | vorgeschlagen | à l’état de proposition | en fase de propuesta | 提案段階
  | 拟议中 | 제안 단계
state.announced: announced | aangekondigd | angekündigt | annonce faite | anuncio hecho | 発表済み | 已公布 | 발표됨
state.in-force: in force | van kracht | in Kraft | en vigueur | en vigor | 施行中 | 有效 | 시행 중
state.again: in force again | weer van kracht | wieder in Kraft | de nouveau en vigueur | de nuevo en vigor | 再び施行
  | 恢复生效 | 다시 시행
state.eased: eased | versoepeld | gelockert | assouplissement | flexibilización | 緩和 | 放宽 | 완화
state.suspended: suspended | opgeschort | ausgesetzt | en suspens | en suspenso | 停止中 | 暂停实施 | 시행 중단
state.lifted: no longer in force (lifted) | niet meer van kracht (opgeheven) | außer Kraft (aufgehoben)
  | plus en vigueur (abrogation) | sin vigor (derogación) | 廃止 | 已废止 | 폐지
state.expired: no longer in force (expired) | niet meer van kracht (verlopen) | außer Kraft (abgelaufen)
  | plus en vigueur (échéance) | sin vigor (vencimiento) | 失効 | 已到期失效 | 효력 만료
state.denied: denied | ontkend | dementiert | démenti officiel | desmentido oficial | 否定 | 已否认 | 부인됨
state.until: {state} until {day} | {state} tot {day} | {state} bis {day} | {state} jusqu’au {day}
  | {state} hasta el {day} | {day} まで{state} | {state}至 {day} | {day}까지 {state}
state.then: {said} (then in force again) | {said} (daarna weer van kracht) | {said} (danach wieder in Kraft)
  | {said} (ensuite de nouveau en vigueur) | {said} (después de nuevo en vigor) | {said}（その後、再び施行）
  | {said}（此后恢复生效） | {said} (이후 다시 시행)
remind.day: tomorrow, on {day} | morgen, op {day} | morgen, am {day} | demain, le {day} | mañana, el {day}
  | 明日 {day} | 明天（{day}） | 내일({day})
remind.days: in {days} days, on {day} | over {days} dagen, op {day} | in {days} Tagen, am {day}
  | dans {days} jours, le {day} | dentro de {days} días, el {day} | あと {days} 日（{day}） | {days} 天后（{day}）
  | {days}일 후({day})
remind.today: today, {day} | vandaag, {day} | heute, {day} | aujourd’hui, {day} | hoy, {day}
  | 本日 {day} | 今天（{day}） | 오늘({day})
remind.effective: Reminder: enters into force {when} | Herinnering: treedt in werking {when}
  | Erinnerung: tritt in Kraft {when} | Rappel : entrée en vigueur {when} | Recordatorio: entra en vigor {when}
  | リマインダー：施行は{when} | 提醒：生效时间：{when} | 알림: 시행 {when}
remind.end: Reminder: last day {when} | Herinnering: laatste dag {when} | Erinnerung: letzter Tag {when}
  | Rappel : dernier jour {when} | Recordatorio: último día {when} | リマインダー：期限は{when} | 提醒：最后一天：{when}
  | 알림: 마지막 날 {when}
remind.end-of: Reminder: the suspension of {act} ends {when} | Herinnering: de opschorting van {act} loopt af {when}
  | Erinnerung: die Aussetzung von {act} endet {when} | Rappel : la suspension de {act} prend fin {when}
  | Recordatorio: la suspensión de {act} termina {when} | リマインダー：{act} の停止期限は{when}
  | 提醒：{act} 的暂停期限：{when} | 알림: {act} 시행 중단의 기한은 {when}
remind.comments: Reminder: the consultation closes {when} | Herinnering: de consultatie sluit {when}
  | Erinnerung: die Anhörung endet {when} | Rappel : la consultation se termine {when}
  | Recordatorio: la consulta se cierra {when} | リマインダー：意見募集の締切は{when} | 提醒：征求意见截止：{when}
  | 알림: 의견 수렴 마감 {when}
remind.lapsed: The period that ran until {day} has ended. {said} | De termijn tot {day} is verstreken. {said}
  | Die Frist bis {day} ist abgelaufen. {said} | Le délai fixé au {day} est échu. {said}
  | El plazo hasta el {day} ha vencido. {said} | {day} までの期間が終了しました。{said}
  | 截至 {day} 的期限已届满。{said} | {day}까지의 기간이 끝났습니다. {said}
update: Update | Update | Aktualisierung | Mise à jour | Actualización | 更新 | 更新 | 업데이트
list.title: {count} more stories in one message | Nog {count} verhalen in één bericht
  | {count} weitere Vorgänge in einer Nachricht | {count} autres sujets en un seul message
  | {count} historias más en un solo mensaje | ほか {count} 件をまとめて通知 | 另有 {count} 个事项，合并为一条消息
  | 그 밖의 {count}건을 한 메시지로
escalated: Escalated: told in {channel} {when}, not acknowledged within {span}
  | Geëscaleerd: gemeld in {channel} {when}, niet bevestigd binnen {span}
  | Eskaliert: gemeldet in {channel} {when}, nicht bestätigt binnen {span}
  | Remonté : signalé dans {channel} {when}, sans accusé de réception en {span}
  | Escalado: avisado en {channel} {when}, sin acuse de recibo en {span}
  | エスカレーション: {when} {channel} に通知、{span} 以内に確認なし | 已升级：{when} 通知 {channel}，{span} 内无人确认
  | 에스컬레이션: {when} {channel} 알림, {span} 내 확인 없음
rejoin.joined: This is the same step as “{title}”. | Dit is dezelfde stap als “{title}”.
  | Das ist derselbe Schritt wie „{title}“. | Il s’agit de la même mesure que « {title} ».
  | Es la misma medida que «{title}». | これは「{title}」と同じ措置です。 | 此举与“{title}”为同一举措。
  | 이것은 “{title}”와(과) 같은 조치입니다.
rejoin.left: Told until now as part of “{title}”, but it is a step of its own.
  | Tot nu toe gemeld als deel van “{title}”, maar het is een aparte stap.
  | Bisher als Teil von „{title}“ gemeldet, ist aber ein eigener Schritt.
  | Jusqu’ici signalé avec « {title} », mais c’est une mesure distincte.
  | Hasta ahora se comunicó como parte de «{title}», pero es una medida aparte.
  | これまで「{title}」の一部としてお知らせしていましたが、別の措置です。
  | 此前作为“{title}”的一部分通报，实为另一项举措。 | 지금까지 “{title}”의 일부로 알렸으나, 별개의 조치입니다.
rejoin.parted: Part of what was told here is another step: “{title}”.
  | Een deel van wat hier is gemeld, is een andere stap: “{title}”.
  | Ein Teil des hier Gemeldeten ist ein anderer Schritt: „{title}“.
  | Une partie de ce qui est signalé ici relève d’une autre mesure : « {title} ».
  | Parte de lo comunicado aquí es otra medida: «{title}». | ここでお知らせした内容の一部は別の措置です：「{title}」
  | 此处通报的部分内容属于另一项举措：“{title}”。 | 여기서 알린 내용의 일부는 다른 조치입니다: “{title}”
rejoin.go-on: It is told further in the older message. | Het vervolg staat in het oudere bericht.
  | Es geht in der älteren Nachricht weiter. | La suite figure dans le message plus ancien.
  | La continuación está en el mensaje anterior. | 続きは先に送ったメッセージでお知らせします。
  | 后续内容见较早的那条消息。 | 이후 내용은 먼저 보낸 메시지에서 이어집니다.

outage.title: {count} alerts from an outage | {count} meldingen uit een storing | {count} Meldungen aus einem Ausfall
  | {count} alertes d’une période de panne | {count} alertas de una interrupción | 障害中の警報 {count} 件
  | 中断期间的 {count} 条警报 | 장애 중 쌓인 경보 {count}건
outage.why: This channel could not be reached. | Dit kanaal was niet bereikbaar. | Dieser Kanal war nicht erreichbar.
  | Ce canal était injoignable. | No se podía acceder a este canal. | このチャンネルに送信できませんでした。
  | 此频道曾无法送达。 | 이 채널에 보낼 수 없었습니다.
outage.made: Made between {first} and {last}, and not sent one by one. {counted}
  | Ontstaan tussen {first} en {last}, en niet één voor één verstuurd. {counted}
  | Entstanden zwischen {first} und {last}, nicht einzeln gesendet. {counted}
  | Produites entre le {first} et le {last}, et non envoyées une par une. {counted}
  | Generadas entre el {first} y el {last}, y no enviadas una por una. {counted}
  | {first} から {last} までの分です。個別には送信しません。{counted}
  | 产生于 {first} 至 {last}，不再逐条发送。{counted}
  | {first}부터 {last}까지 생긴 경보로, 하나씩 보내지 않습니다. {counted}
outage.singly: Urgent and younger ones follow singly. | Urgente en nieuwere volgen apart.
  | Dringende und neuere folgen einzeln. | Les urgentes et les plus récentes suivent séparément.
  | Las urgentes y las más recientes llegan por separado. | 緊急の警報と新しい警報は個別に届きます。
  | 紧急警报和较新的警报将逐条发送。 | 긴급 경보와 최근 경보는 따로 보냅니다.
outage.archive: All of them are in the archive and the weekly digest; monazite why URL shows any of them.
  | Alle staan in het archief en het weekoverzicht; monazite why URL toont ze stuk voor stuk.
  | Alle stehen im Archiv und in der Wochenübersicht; monazite why URL zeigt jede davon.
  | Toutes figurent dans les archives et la synthèse hebdomadaire ; monazite why URL montre chacune d’elles.
  | Todas están en el archivo y en el resumen semanal; monazite why URL muestra cualquiera de ellas.
  | すべて保管庫と週報にあります。monazite why URL で個別に確認できます。
  | 全部警报均在存档和周报中；可用 monazite why URL 逐条查看。
  | 모두 보관함과 주보에 있으며, monazite why URL로 하나씩 볼 수 있습니다.

notice: Notice from the bot | Bericht van de bot | Hinweis des Bots | Avis du robot | Aviso del bot | ボットからの通知
  | 机器人通知 | 봇 알림
mail.why: You get this mail because a route of your team leads to this address.
  | U krijgt deze mail omdat een route van uw team naar dit adres leidt.
  | Sie erhalten diese Mail, weil eine Route Ihres Teams zu dieser Adresse führt.
  | Vous recevez ce message car une route de votre équipe mène à cette adresse.
  | Recibe este correo porque una ruta de su equipo lleva a esta dirección.
  | このメールは、チームの配信ルートに登録された宛先にお送りしています。 | 您收到此邮件，是因为团队的路由包含此地址。
  | 이 메일은 팀의 배포 경로에 등록된 주소로 발송되었습니다.

digest.title: Weekly digest | Weekoverzicht | Wochenübersicht | Synthèse hebdomadaire | Resumen semanal | 週次レポート
  | 每周摘要 | 주간 요약
digest.week: Week {week} | Week {week} | Woche {week} | Semaine {week} | Semana {week} | {week} 週 | {week} 周
  | {week} 주
digest.period: {first} to {last} | {first} t/m {last} | {first} bis {last} | du {first} au {last}
  | del {first} al {last} | {first} ～ {last} | {first} 至 {last} | {first} ~ {last}
digest.quiet: A quiet week: nothing passed the threshold. | Een rustige week: niets kwam boven de drempel.
  | Eine ruhige Woche: nichts lag über der Schwelle. | Semaine calme : rien n’a dépassé le seuil.
  | Una semana tranquila: nada superó el umbral. | 静かな一週間でした。基準を超えた案件はありません。
  | 本周平静：没有超过阈值的事项。 | 조용한 한 주: 기준을 넘은 건이 없습니다.
digest.quiet-proof: The watch went on: {documents} texts from {sources} sources were read.
  | De wacht ging door: {documents} teksten uit {sources} bronnen zijn gelezen.
  | Die Beobachtung lief weiter: {documents} Texte aus {sources} Quellen wurden gelesen.
  | La veille a continué : {documents} textes de {sources} sources ont été lus.
  | La vigilancia siguió: se leyeron {documents} textos de {sources} fuentes.
  | 監視は継続しています。{sources} の情報源から {documents} 件を読みました。
  | 监测照常进行：已阅读 {sources} 个来源的 {documents} 篇文本。
  | 감시는 계속되었습니다: 출처 {sources}곳의 글 {documents}건을 읽었습니다.
digest.at-a-glance: At a glance | In één oogopslag | Auf einen Blick | En un coup d’œil | De un vistazo | 概況 | 一览
  | 한눈에
digest.documents: texts read | gelezen teksten | gelesene Texte | textes lus | textos leídos | 読んだ記事 | 已读文本
  | 읽은 글
digest.stories: stories | verhalen | Vorgänge | sujets | historias | 案件 | 事项 | 건
digest.alerts: alerts | meldingen | Meldungen | alertes | alertas | 警報 | 警报 | 경보
digest.urgent: urgent | urgent | dringend | urgentes | urgentes | 緊急 | 紧急 | 긴급
digest.sources: sources | bronnen | Quellen | sources | fuentes | 情報源 | 来源 | 출처
digest.failing: failing sources | falende bronnen | gestörte Quellen | sources en échec | fuentes con fallos
  | 障害中の情報源 | 故障来源 | 장애 출처
digest.last-week: last week {count} | vorige week {count} | Vorwoche {count} | semaine précédente {count}
  | semana anterior {count} | 先週 {count} | 上周 {count} | 지난주 {count}
digest.chart: Stories by score | Verhalen naar score | Vorgänge nach Punktzahl | Sujets par score
  | Historias por puntuación | スコア別の案件 | 按得分排列的事项 | 점수별 건
digest.by-sector: What changed, by sector | Wat er veranderde, per sector | Was sich änderte, nach Branche
  | Ce qui a changé, par secteur | Qué cambió, por sector | 分野別の変化 | 按行业的变化 | 분야별 변화
digest.no-sector: No sector of yours | Geen van uw sectoren | Keine Ihrer Branchen | Aucun de vos secteurs
  | Ningún sector suyo | 対象分野なし | 未涉及您的行业 | 해당 분야 없음
digest.story: Story | Verhaal | Vorgang | Sujet | Historia | 案件 | 事项 | 건
digest.band: Level | Niveau | Stufe | Niveau | Nivel | レベル | 级别 | 등급
digest.score: Score | Score | Punktzahl | Score | Puntuación | スコア | 得分 | 점수
digest.stage: Stage | Fase | Stand | Étape | Fase | 段階 | 阶段 | 단계
digest.alerted: already sent as an alert | al als melding verstuurd | bereits als Meldung gesendet
  | déjà envoyé en alerte | ya enviado como alerta | 警報として通知済み | 已作为警报发送 | 경보로 이미 발송됨
digest.also: also hits {sectors} | raakt ook {sectors} | trifft auch {sectors} | touche aussi {sectors}
  | afecta también a {sectors} | {sectors} にも影響 | 也影响 {sectors} | {sectors}에도 영향
digest.left-out: {count} more stories of lower score are in the archive.
  | Nog {count} verhalen met een lagere score staan in het archief.
  | {count} weitere Vorgänge mit niedrigerer Punktzahl stehen im Archiv.
  | {count} autres sujets moins bien notés sont dans les archives.
  | Otras {count} historias de menor puntuación están en el archivo.
  | スコアの低い案件がほかに {count} 件、保管されています。 | 另有 {count} 个得分较低的事项已存档。
  | 점수가 더 낮은 {count}건은 보관함에 있습니다.
digest.changes: State changes | Statuswijzigingen | Statuswechsel | Changements d’état | Cambios de estado
  | 段階の変化 | 状态变化 | 단계 변화
digest.dates: Dates ahead | Komende data | Kommende Termine | Échéances | Próximas fechas | 今後の日程 | 近期日期
  | 다가오는 일정
digest.date.effective: enters into force | treedt in werking | tritt in Kraft | entre en vigueur | entra en vigor
  | 施行 | 生效 | 시행
digest.date.until: ends | loopt af | endet | prend fin | termina | 期限 | 到期 | 종료
digest.date.back: {act}: suspension ends, then in force again | {act}: opschorting eindigt, daarna weer van kracht
  | {act}: Aussetzung endet, danach wieder in Kraft | {act} : fin de la suspension, ensuite de nouveau en vigueur
  | {act}: fin de la suspensión, después de nuevo en vigor | {act}：停止の期限、その後は再び施行
  | {act}：暂停到期，此后恢复生效 | {act}: 시행 중단 종료, 이후 다시 시행
digest.date.consultation: consultation closes | consultatie sluit | Anhörung endet | fin de la consultation
  | cierra la consulta | 意見募集の締切 | 征求意见截止 | 의견 수렴 마감
digest.near: Just under the threshold | Net onder de drempel | Knapp unter der Schwelle | Juste sous le seuil
  | Justo por debajo del umbral | 基準をわずかに下回った記事 | 略低于阈值 | 기준 바로 아래
digest.shadow: Rules on probation | Regels op proef | Regeln auf Probe | Règles à l’essai | Reglas a prueba
  | 試行中のルール | 试行规则 | 시험 중인 규칙
digest.shadow.would: would have alerted {count} times | zou {count} keer gemeld hebben | hätte {count}-mal gemeldet
  | aurait alerté {count} fois | habría alertado {count} veces | {count} 回通知していたはず | 本会发出 {count} 次警报
  | {count}번 알렸을 것
digest.audit: Audit sample | Steekproef | Stichprobe | Échantillon de contrôle | Muestra de control | 抜き取り確認
  | 抽样检查 | 표본 점검
digest.audit.why: Drawn at random from below the threshold. Did we miss something?
  | Willekeurig getrokken van onder de drempel. Hebben we iets gemist?
  | Zufällig gezogen von unterhalb der Schwelle. Haben wir etwas übersehen?
  | Tiré au hasard sous le seuil. Avons-nous manqué quelque chose ?
  | Elegidos al azar por debajo del umbral. ¿Se nos escapó algo?
  | 基準未満から無作為に抽出しました。見落としはありませんか。 | 从阈值以下随机抽取。我们是否遗漏了什么？
  | 기준 미만에서 무작위로 뽑았습니다. 놓친 것이 있습니까?
digest.health: Feed health | Staat van de bronnen | Zustand der Quellen | Santé des flux | Estado de las fuentes
  | 情報源の状態 | 来源状态 | 출처 상태
digest.healthy: All {sources} sources answered. | Alle {sources} bronnen antwoordden.
  | Alle {sources} Quellen haben geantwortet. | Les {sources} sources ont toutes répondu.
  | Las {sources} fuentes respondieron. | {sources} の情報源はすべて正常です。 | 全部 {sources} 个来源均正常。
  | 출처 {sources}곳 모두 정상입니다.
digest.last-good: last good answer {when} | laatste goede antwoord {when} | letzte gute Antwort {when}
  | dernière bonne réponse {when} | última respuesta correcta {when} | 最後の正常応答 {when} | 上次正常 {when}
  | 마지막 정상 응답 {when}
digest.never: never answered | nooit geantwoord | nie geantwortet | jamais répondu | nunca respondió | 応答なし
  | 从未响应 | 응답 없음
digest.made: Made {when} | Gemaakt {when} | Erstellt {when} | Établi le {when} | Elaborado {when} | 作成 {when}
  | 生成于 {when} | 작성 {when}
unsubscribe: Unsubscribe | Uitschrijven | Abmelden | Se désabonner | Darse de baja | 配信停止 | 退订 | 수신 거부
"""

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
}
_DAY_FORMS: Mapping[str, str] = {
    "de": "{day}. {month} {year}",
    "ja": "{year}年{number}月{day}日",
    "zh-Hans": "{year}年{number}月{day}日",
    "ko": "{year}년 {number}월 {day}일",
}


@functools.cache
def _table() -> Mapping[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for line in (_TABLE + _DESK_TABLE + _ANSWER_TABLE).replace("\n  ", " ").splitlines():
        key, colon, texts = line.partition(": ")
        if colon:
            rows[key] = tuple(text.strip() for text in texts.split("|"))
    return rows


def keys() -> tuple[str, ...]:
    """All labels, for tests that hold the table complete."""
    return tuple(_table())


def row(key: str) -> tuple[str, ...]:
    """One label in all languages, in the order of `LOCALES`."""
    return _table()[key]


def supported(locale: str) -> str:
    """The language of `LOCALES` that serves a locale best; English when none does."""
    wanted = locale.replace("_", "-").lower()
    if wanted in ("zh", "zh-cn", "zh-sg", "zh-hans-cn"):
        return "zh-Hans"
    for known in LOCALES:
        if wanted == known.lower() or wanted.split("-")[0] == known.lower():
            return known
    return "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of one language, and how it writes days and times."""

    locale: str  # one of LOCALES
    zone: ZoneInfo  # of the reader

    def __call__(self, key: str, **values: object) -> str:
        """The label with its blanks filled in."""
        text = _table()[key][LOCALES.index(self.locale)]
        return text.format(**values) if values else text

    def day(self, day: date) -> str:
        """A calendar day."""
        form = _DAY_FORMS.get(self.locale, "{day} {month} {year}")
        month = _MONTHS.get(self.locale, _MONTHS["en"])[day.month - 1]
        return form.format(day=day.day, month=month, number=day.month, year=day.year)

    def iso_day(self, text: str | None) -> str:
        """A calendar day given as ISO text; "" for None, the text itself when it is no day."""
        if not text:
            return ""
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def moment(self, at: datetime) -> str:
        """A time of day in the reader's zone, with the zone's name."""
        local = at.astimezone(self.zone)
        return f"{self.day(local.date())} {local:%H:%M} {local:%Z}"

    def pick(self, texts: Mapping[str, str], default: str = "") -> str:
        """The text of a mapping locale -> text that this reader understands best, English failing that."""
        for key in (self.locale, self.locale.split("-")[0], "en"):
            if texts.get(key):
                return texts[key]
        return default


def labels(locale: str, zone: str = "UTC") -> Labels:
    """The labels for a reader.

    Args:
        locale: BCP 47 code; unsupported languages get English.
        zone: IANA name of the reader's time zone.

    Raises:
        ZoneInfoNotFoundError: There is no such zone.
    """
    return Labels(locale=supported(locale), zone=ZoneInfo(zone))
