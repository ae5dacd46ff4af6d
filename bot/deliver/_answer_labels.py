"""The words of answers to one person: what was done, what cannot be, and what `/monazite` tells; rows as in `_labels`.

The words that people type, ids and the ledger stay as they are in every language.
"""

TABLE = """
answer.noted: Noted: relevant | Genoteerd: relevant | Vermerkt: relevant | Noté : pertinent | Anotado: relevante
  | 記録しました：関連あり | 已记录：相关 | 기록했습니다: 관련 있음
answer.noted-not: Noted: not relevant ({why}) | Genoteerd: niet relevant ({why}) | Vermerkt: nicht relevant ({why})
  | Noté : non pertinent ({why}) | Anotado: no relevante ({why}) | 記録しました：関連なし（{why}）
  | 已记录：不相关（{why}） | 기록했습니다: 관련 없음 ({why})
answer.muted: Muted until {day} | Gedempt t/m {day} | Stumm bis einschließlich {day} | En sourdine jusqu’au {day}
  | Silenciado hasta el {day} | {day} までミュートしました | 已静音至 {day} | {day}까지 알림을 껐습니다
answer.muted-how: {story}: {command} ends it | {story}: {command} heft het op | {story}: {command} hebt es auf
  | {story} : {command} y met fin | {story}: {command} lo termina | {story}：{command} で解除できます
  | {story}：输入 {command} 即可取消 | {story}: {command}(으)로 해제합니다
answer.unmuted: {story} is heard of again | {story} wordt weer gemeld | {story} wird wieder gemeldet
  | {story} est de nouveau signalé | {story} se vuelve a comunicar | {story} の通知を再開しました | 已恢复通报 {story}
  | {story} 알림을 다시 켰습니다
answer.muted-none: Nothing is muted | Er is niets gedempt | Nichts ist stummgeschaltet | Rien n’est en sourdine
  | No hay nada silenciado | ミュート中の案件はありません | 没有静音的事项 | 알림을 끈 건이 없습니다
answer.muted-one: {story} until {day}: {title} | {story} t/m {day}: {title} | {story} bis {day}: {title}
  | {story} jusqu’au {day} : {title} | {story} hasta el {day}: {title} | {story}（{day} まで）：{title}
  | {story}（至 {day}）：{title} | {story} ({day}까지): {title}
answer.assigned: Assigned; the message shows to whom. | Toegewezen; het bericht toont aan wie.
  | Zugewiesen; die Nachricht zeigt, an wen. | Attribué ; le message indique à qui.
  | Asignado; el mensaje indica a quién. | 担当を決めました。メッセージに表示されます。 | 已指派；消息中会显示负责人。
  | 담당자를 지정했습니다. 메시지에 표시됩니다.
answer.subscribed: You get a message of your own for each story that hits
  | U krijgt een eigen bericht voor elk verhaal dat dit raakt
  | Sie erhalten eine eigene Nachricht zu jedem Vorgang, der dies trifft
  | Vous recevez un message personnel pour chaque sujet qui touche
  | Recibe un mensaje propio por cada historia que afecta a | 次の分野に影響する案件を個人宛てに通知します
  | 凡影响以下行业的事项，将单独通知您 | 다음 분야에 영향을 주는 건을 개인 메시지로 보냅니다
answer.unsubscribed: You get no messages of your own any more | U krijgt geen eigen berichten meer
  | Sie erhalten keine eigenen Nachrichten mehr | Vous ne recevez plus de messages personnels
  | Ya no recibe mensajes propios | 個人宛ての通知を停止しました | 不再单独通知您
  | 개인 메시지를 더 이상 보내지 않습니다
answer.late: That took too long for Slack; press the button again.
  | Dat duurde te lang voor Slack; druk nogmaals op de knop. | Das dauerte Slack zu lange; drücken Sie noch einmal.
  | Slack n’a pas attendu assez longtemps ; appuyez de nouveau.
  | Slack no esperó lo suficiente; pulse el botón otra vez. | Slack の制限時間を超えました。もう一度押してください。
  | 超出 Slack 的时限，请再按一次。 | Slack의 제한 시간을 넘겼습니다. 버튼을 다시 누르십시오.
answer.no-dialog: Slack did not open the dialog ({why}). | Slack opende het venster niet ({why}).
  | Slack hat den Dialog nicht geöffnet ({why}). | Slack n’a pas ouvert la fenêtre ({why}).
  | Slack no abrió el diálogo ({why}). | Slack がダイアログを開けませんでした（{why}）。
  | Slack 未能打开对话框（{why}）。 | Slack이 대화 상자를 열지 못했습니다({why}).
answer.wrong: Something went wrong; it is in the log. Nothing is lost that you did before.
  | Er ging iets mis; het staat in het logboek. Wat u eerder deed, blijft bewaard.
  | Etwas ging schief; es steht im Protokoll. Was Sie vorher taten, bleibt erhalten.
  | Une erreur s’est produite ; elle est dans le journal. Ce que vous avez fait avant est conservé.
  | Algo falló; consta en el registro. Lo que hizo antes se conserva.
  | エラーが発生し、ログに記録しました。それまでの操作は保存されています。
  | 出现错误，已写入日志。您此前的操作均已保留。 | 오류가 발생해 로그에 남겼습니다. 그 전에 하신 일은 그대로입니다.
answer.closed: The database cannot be reached at the moment, so nothing was changed. Try again in a minute.
  | De database is nu niet bereikbaar; er is niets gewijzigd. Probeer het over een minuut opnieuw.
  | Die Datenbank ist gerade nicht erreichbar; nichts wurde geändert. Versuchen Sie es in einer Minute noch einmal.
  | La base de données est injoignable ; rien n’a été modifié. Réessayez dans une minute.
  | La base de datos no responde ahora; no se ha cambiado nada. Inténtelo de nuevo en un minuto.
  | データベースに接続できないため、何も変更していません。1 分後にもう一度お試しください。
  | 目前无法连接数据库，未作任何更改。请稍后再试。
  | 지금 데이터베이스에 연결할 수 없어 바뀐 것이 없습니다. 잠시 후 다시 해 보십시오.

say.status: How the watch goes | Hoe het met de bewaking staat | Stand der Beobachtung | État de la veille
  | Estado de la vigilancia | 監視の状況 | 监测情况 | 감시 현황
say.last-alert: Last alert: {title} ({alert}) | Laatste melding: {title} ({alert}) | Letzte Meldung: {title} ({alert})
  | Dernière alerte : {title} ({alert}) | Última alerta: {title} ({alert}) | 直近の警報：{title}（{alert}）
  | 最近一条警报：{title}（{alert}） | 최근 경보: {title} ({alert})
say.no-alert: No alert in the last 30 days | Geen melding in de laatste 30 dagen
  | Keine Meldung in den letzten 30 Tagen | Aucune alerte ces 30 derniers jours
  | Ninguna alerta en los últimos 30 días | 過去 30 日間、警報はありません | 最近 30 天没有警报
  | 최근 30일간 경보가 없습니다
say.rules: Rule set {rules} | Regelset {rules} | Regelsatz {rules} | Jeu de règles {rules}
  | Conjunto de reglas {rules} | ルールセット {rules} | 规则集 {rules} | 규칙 집합 {rules}
say.nobody: Nobody is watching: start monazite run | Niemand houdt de wacht: start monazite run
  | Niemand beobachtet: starten Sie monazite run | Personne ne veille : lancez monazite run
  | Nadie vigila: inicie monazite run | 監視が動いていません：monazite run を起動してください
  | 监测未运行：请启动 monazite run | 감시가 멈춰 있습니다: monazite run을 시작하십시오
say.silent: The scheduler on {host} gave no sign since {when} | De planner op {host} zweeg sinds {when}
  | Der Planer auf {host} schweigt seit {when} | Le planificateur sur {host} est muet depuis {when}
  | El planificador en {host} no da señales desde {when} | {host} のスケジューラーは {when} 以降応答がありません
  | {host} 上的调度程序自 {when} 起无响应 | {host}의 스케줄러가 {when} 이후 응답하지 않습니다
say.runs: The scheduler runs on {host} | De planner draait op {host} | Der Planer läuft auf {host}
  | Le planificateur tourne sur {host} | El planificador funciona en {host} | スケジューラーは {host} で稼働中
  | 调度程序在 {host} 上运行 | 스케줄러가 {host}에서 실행 중입니다
say.hits: Texts that hold “{words}”: {count}, newest first | Teksten met “{words}”: {count}, nieuwste eerst
  | Texte mit „{words}“: {count}, neueste zuerst | Textes avec « {words} » : {count}, du plus récent au plus ancien
  | Textos con «{words}»: {count}, los más recientes primero | 「{words}」を含む記事：{count} 件（新しい順）
  | 含“{words}”的文本：{count} 篇，最新在前 | “{words}”이(가) 들어 있는 글: {count}건, 최신순
say.no-hits: No kept text holds that | Geen bewaarde tekst bevat dat | Kein aufbewahrter Text enthält das
  | Aucun texte conservé ne contient cela | Ningún texto conservado contiene eso | 該当する記事はありません
  | 没有含此内容的文本 | 해당하는 글이 없습니다
say.week: {week} so far, for you alone | {week} tot nu toe, alleen voor u | {week} bisher, nur für Sie
  | {week} jusqu’ici, pour vous seul | {week} hasta ahora, solo para usted | {week} 週の途中経過（あなた専用）
  | {week} 周至今，仅供您查看 | {week} 주 현재까지, 본인에게만 표시
say.week-none: Nothing came over the threshold so far | Tot nu toe kwam niets boven de drempel
  | Bisher lag nichts über der Schwelle | Rien n’a dépassé le seuil jusqu’ici | Nada ha superado el umbral hasta ahora
  | これまでに基準を超えたものはありません | 目前没有内容达到门槛 | 지금까지 기준을 넘은 것이 없습니다

help: What you can ask | Wat u kunt vragen | Was Sie fragen können | Ce que vous pouvez demander | Lo que puede pedir
  | 使い方 | 可用命令 | 쓸 수 있는 명령
help.status: sources, waiting messages, last alert, rules, scheduler
  | bronnen, wachtende berichten, laatste melding, regels, planner
  | Quellen, wartende Nachrichten, letzte Meldung, Regeln, Planer
  | sources, messages en attente, dernière alerte, règles, planificateur
  | fuentes, mensajes en espera, última alerta, reglas, planificador
  | 情報源、送信待ち、直近の警報、ルール、スケジューラー | 来源、待发消息、最近警报、规则、调度程序
  | 출처, 대기 메시지, 최근 경보, 규칙, 스케줄러
help.search: the ten newest texts that hold all of them | de tien nieuwste teksten waarin ze allemaal staan
  | die zehn neuesten Texte, in denen alle stehen | les dix textes les plus récents qui les contiennent tous
  | los diez textos más recientes que las contienen todas | すべての語を含む最新の記事 10 件
  | 含全部词语的最新 10 篇文本 | 모든 낱말이 들어 있는 최신 글 10건
help.why: what was read, scored, decided and sent | wat is gelezen, gewogen, besloten en verstuurd
  | was gelesen, bewertet, entschieden und gesendet wurde | ce qui a été lu, évalué, décidé et envoyé
  | qué se leyó, puntuó, decidió y envió | 読み取り、採点、判断、送信の経過 | 读取、评分、决定和发送的经过
  | 읽기, 채점, 결정, 전송 내역
help.mute: hear no more of it, {days} days unless said | er niets meer over horen, {days} dagen tenzij anders vermeld
  | nichts mehr davon hören, {days} Tage, wenn nicht anders angegeben
  | ne plus en entendre parler, {days} jours sauf indication
  | no saber más de ello, {days} días si no se indica otra cosa | 通知を止める（指定がなければ {days} 日間）
  | 不再通报，未注明则为 {days} 天 | 알림 끄기, 따로 적지 않으면 {days}일
help.unmute: hear of it again; without a story: what is muted | er weer van horen; zonder verhaal: wat gedempt is
  | wieder davon hören; ohne Vorgang: was stumm ist
  | en entendre parler de nouveau ; sans sujet : ce qui est en sourdine
  | volver a saber de ello; sin historia: lo silenciado | 通知を再開；案件の指定がなければ一覧
  | 恢复通报；不写事项则列出已静音的 | 알림 켜기; 건을 적지 않으면 알림을 끈 목록
help.subscribe: a message of your own for each story that hits one of them
  | een eigen bericht voor elk verhaal dat er een raakt
  | eine eigene Nachricht zu jedem Vorgang, der eine davon trifft
  | un message personnel pour chaque sujet qui touche l’un d’eux
  | un mensaje propio por cada historia que afecta a uno de ellos | いずれかに影響する案件を個人宛てに通知
  | 凡影响其中之一的事项均单独通知您 | 그중 하나에 영향을 주는 건을 개인 메시지로
help.digest: the running week, for you alone | de lopende week, alleen voor u | die laufende Woche, nur für Sie
  | la semaine en cours, pour vous seul | la semana en curso, solo para usted | 今週の途中経過（あなた専用）
  | 本周至今，仅供您查看 | 이번 주 현황, 본인에게만 표시
fault.word: I do not know “{word}” | “{word}” ken ik niet | „{word}“ kenne ich nicht | Je ne connais pas « {word} »
  | No conozco «{word}» | 「{word}」は分かりません | 无法识别“{word}” | “{word}”은(는) 모르는 명령입니다
fault.meant: Did you mean {command}? | Bedoelde u {command}? | Meinten Sie {command}? | Vouliez-vous dire {command} ?
  | ¿Quiso decir {command}? | {command} のことですか？ | 您是指 {command} 吗？ | {command}을(를) 말씀하셨습니까?
fault.usage: Write {command} | Schrijf {command} | Schreiben Sie {command} | Écrivez {command} | Escriba {command}
  | {command} と入力してください | 请输入 {command} | {command}(이)라고 적으십시오
fault.search: Name a word to look for, for example gallium or 输出管制; * at its end finds beginnings
  | Noem een zoekwoord, bijvoorbeeld gallium of 输出管制; met * erachter vindt u het begin van woorden
  | Nennen Sie ein Suchwort, etwa gallium oder 输出管制; mit * am Ende werden Wortanfänge gefunden
  | Indiquez un mot à chercher, par exemple gallium ou 输出管制 ; un * final trouve les débuts de mots
  | Indique una palabra, por ejemplo gallium o 输出管制; con * al final se buscan comienzos
  | 検索語を入力してください（例：gallium、输出管制）。末尾の * は前方一致です
  | 请输入检索词，如 gallium 或 输出管制；词尾加 * 按开头匹配
  | 찾을 낱말을 적으십시오. 예: gallium, 输出管制. 끝에 *를 붙이면 앞부분으로 찾습니다
fault.button: This button is not one of ours, or it is too old | Deze knop is niet van ons, of te oud
  | Dieser Knopf ist keiner von uns oder zu alt | Ce bouton n’est pas le nôtre, ou il est trop ancien
  | Este botón no es nuestro o es demasiado antiguo | このボタンは無効か、古すぎます | 此按钮无效或已过期
  | 이 버튼은 우리 것이 아니거나 너무 오래되었습니다
fault.dialog: This dialog is not one of ours, or it is too old; nothing was changed
  | Dit venster is niet van ons, of te oud; er is niets gewijzigd
  | Dieser Dialog ist keiner von uns oder zu alt; nichts wurde geändert
  | Cette fenêtre n’est pas la nôtre, ou elle est trop ancienne ; rien n’a été modifié
  | Este diálogo no es nuestro o es demasiado antiguo; no se ha cambiado nada
  | このダイアログは無効か、古すぎます。何も変更していません | 此对话框无效或已过期，未作任何更改
  | 이 대화 상자는 우리 것이 아니거나 너무 오래되었습니다. 바뀐 것은 없습니다
fault.unknown: {asked}: no story is known under this id or address; /monazite why says more
  | {asked}: onder dit kenmerk of adres is geen verhaal bekend; /monazite why zegt meer
  | {asked}: unter dieser Kennung oder Adresse ist kein Vorgang bekannt; /monazite why sagt mehr
  | {asked} : aucun sujet connu sous cet identifiant ou cette adresse ; /monazite why en dit plus
  | {asked}: no se conoce ninguna historia con este identificador o dirección; /monazite why dice más
  | {asked}：この ID やアドレスの案件はありません。詳しくは /monazite why
  | {asked}：没有此编号或网址的事项；详见 /monazite why
  | {asked}: 이 ID나 주소의 건이 없습니다. 자세한 내용은 /monazite why
fault.several: {asked} is told in several stories; name one of {ids}
  | {asked} staat in meer verhalen; noem er een: {ids} | {asked} steht in mehreren Vorgängen; nennen Sie einen: {ids}
  | {asked} figure dans plusieurs sujets ; nommez-en un : {ids}
  | {asked} figura en varias historias; indique una: {ids}
  | {asked} は複数の案件にあります。一つ指定してください：{ids} | {asked} 见于多个事项；请指定其一：{ids}
  | {asked}은(는) 여러 건에 있습니다. 하나를 지정하십시오: {ids}
fault.not-muted: {story} is not muted | {story} is niet gedempt | {story} ist nicht stummgeschaltet
  | {story} n’est pas en sourdine | {story} no está silenciado | {story} はミュートされていません | {story} 未被静音
  | {story}은(는) 알림이 꺼져 있지 않습니다
fault.mute-days: A story can be muted for 1 to {most} days | Een verhaal kan 1 tot {most} dagen worden gedempt
  | Ein Vorgang kann 1 bis {most} Tage stumm sein | Un sujet peut être mis en sourdine de 1 à {most} jours
  | Una historia puede silenciarse de 1 a {most} días | ミュートできるのは 1～{most} 日間です
  | 静音时间为 1 至 {most} 天 | 알림은 1일에서 {most}일까지 끌 수 있습니다
fault.sector: There is no sector “{name}”; choose from {names} | Er is geen sector “{name}”; kies uit {names}
  | Es gibt keine Branche „{name}“; wählen Sie aus: {names}
  | Il n’y a pas de secteur « {name} » ; choisissez : {names} | No existe el sector «{name}»; elija entre {names}
  | 分野「{name}」はありません。次から選んでください：{names} | 没有行业“{name}”；请从以下选择：{names}
  | 분야 “{name}”은(는) 없습니다. 다음 중에서 고르십시오: {names}
fault.sector-near: There is no sector “{name}”; did you mean {near}? | Er is geen sector “{name}”; bedoelde u {near}?
  | Es gibt keine Branche „{name}“; meinten Sie {near}?
  | Il n’y a pas de secteur « {name} » ; vouliez-vous dire {near} ?
  | No existe el sector «{name}»; ¿quiso decir {near}? | 分野「{name}」はありません。{near} のことですか？
  | 没有行业“{name}”；是指 {near} 吗？ | 분야 “{name}”은(는) 없습니다. {near}을(를) 말씀하셨습니까?
fault.choose: Choose one of {names} | Kies uit {names} | Wählen Sie aus: {names} | Choisissez parmi {names}
  | Elija entre {names} | 次から選んでください：{names} | 请从以下选择：{names} | 다음 중에서 고르십시오: {names}
fault.zone: This is no time zone; write one like Europe/Amsterdam
  | Dit is geen tijdzone; schrijf bijvoorbeeld Europe/Amsterdam
  | Das ist keine Zeitzone; schreiben Sie etwa Europe/Amsterdam
  | Ce n’est pas un fuseau ; écrivez par exemple Europe/Amsterdam
  | No es una zona horaria; escriba, por ejemplo, Europe/Amsterdam | タイムゾーンではありません。例：Europe/Amsterdam
  | 这不是时区；请写成 Europe/Amsterdam 的形式 | 시간대가 아닙니다. 예: Europe/Amsterdam
fault.time: This is no time of day; write one like 22:00 | Dit is geen tijdstip; schrijf bijvoorbeeld 22:00
  | Das ist keine Uhrzeit; schreiben Sie etwa 22:00 | Ce n’est pas une heure ; écrivez par exemple 22:00
  | No es una hora; escriba, por ejemplo, 22:00 | 時刻ではありません。例：22:00 | 这不是时刻；请写成 22:00 的形式
  | 시각이 아닙니다. 예: 22:00
fault.both-times: Give both times; twice the same for no quiet hours.
  | Geef beide tijden; twee keer dezelfde voor geen stille uren.
  | Geben Sie beide Zeiten an; zweimal dieselbe für keine Ruhezeiten.
  | Donnez les deux heures ; deux fois la même pour aucune heure calme.
  | Indique ambas horas; la misma dos veces para ninguna. | 両方の時刻を入力してください。同じ時刻なら停止しません。
  | 请填写两个时间；相同表示不启用。 | 두 시각을 모두 적으십시오. 같으면 사용하지 않습니다.
fault.complaint: Say what was wrong. | Zeg wat er niet klopte. | Sagen Sie, was nicht stimmte.
  | Dites ce qui n’allait pas. | Diga cuál era el problema. | 問題点を選んでください。 | 请说明有什么问题。
  | 무엇이 문제인지 고르십시오.
fault.days: Say for how many days. | Zeg voor hoeveel dagen. | Sagen Sie, für wie viele Tage.
  | Dites pour combien de jours. | Diga por cuántos días. | 日数を選んでください。 | 请选择天数。
  | 며칠인지 고르십시오.
fault.person: Say who looks after it. | Zeg wie het op zich neemt. | Sagen Sie, wer sich kümmert.
  | Dites qui s’en occupe. | Diga quién se encarga. | 担当者を選んでください。 | 请选择负责人。 | 담당자를 고르십시오.
fault.not-told: Nobody was alerted to {story}, so nobody can be asked to look after it
  | Van {story} is niemand op de hoogte gebracht, dus kan niemand het op zich nemen
  | Zu {story} ging keine Meldung hinaus, also kann niemand dafür zuständig sein
  | Personne n’a été alerté de {story}, donc personne ne peut s’en charger
  | Nadie recibió la alerta de {story}, así que nadie puede encargarse
  | {story} は通知されていないため、担当を決められません | {story} 未曾通报，无法指派负责人
  | {story}은(는) 알린 적이 없어 담당자를 정할 수 없습니다
fault.gone: This alert is no longer kept, so nothing can be done with it
  | Deze melding wordt niet meer bewaard, dus er kan niets mee gedaan worden
  | Diese Meldung wird nicht mehr aufbewahrt; damit lässt sich nichts mehr tun
  | Cette alerte n’est plus conservée ; on ne peut plus rien en faire
  | Esta alerta ya no se conserva; no se puede hacer nada con ella
  | この警報はもう保存されていないため、操作できません | 此警报已不再保存，无法操作
  | 이 경보는 더 이상 보관되지 않아 처리할 수 없습니다
fault.unweighed: {story} has not been weighed yet; vote again in a moment
  | {story} is nog niet gewogen; stem zo dadelijk opnieuw
  | {story} ist noch nicht bewertet; stimmen Sie gleich noch einmal ab
  | {story} n’est pas encore évalué ; votez de nouveau sous peu
  | {story} aún no está evaluado; vote de nuevo en un momento
  | {story} はまだ採点中です。少し後でもう一度投票してください | {story} 尚未评分；请稍后再投票
  | {story}은(는) 아직 채점 중입니다. 잠시 후 다시 투표하십시오
fault.no-digest: routes.yml plans no digest, so there is no week to sum up
  | routes.yml plant geen overzicht; er is geen week samen te vatten
  | routes.yml plant keine Übersicht; es gibt keine Woche zusammenzufassen
  | routes.yml ne prévoit pas de synthèse ; il n’y a pas de semaine à résumer
  | routes.yml no prevé ningún resumen; no hay semana que resumir | routes.yml に週報の予定がありません
  | routes.yml 未安排周报，没有可汇总的一周 | routes.yml에 주보 계획이 없습니다
"""
