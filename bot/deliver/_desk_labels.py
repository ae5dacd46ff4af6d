"""The words of buttons, dialogs and the home tab, in the languages of the readers; rows as in `_labels`."""

TABLE = """
button.useful: Relevant | Relevant | Relevant | Pertinent | Relevante | 関連あり | 相关 | 관련 있음
button.not-useful: Not relevant | Niet relevant | Nicht relevant | Non pertinent | No relevante | 関連なし | 不相关
  | 관련 없음
button.mute: Mute story | Verhaal dempen | Vorgang stummschalten | Mettre en sourdine | Silenciar historia
  | 案件をミュート | 静音此事项 | 이 건 알림 끄기
button.assign: Assign | Toewijzen | Zuweisen | Attribuer | Asignar | 担当を決める | 指派 | 담당자 지정
button.explain: Explain | Uitleg | Erklären | Expliquer | Explicar | 理由を見る | 查看原因 | 이유 보기
button.open: Open | Openen | Öffnen | Ouvrir | Abrir | 開く | 打开 | 열기

assigned: assigned to {who} | toegewezen aan {who} | zugewiesen an {who} | attribué à {who} | asignado a {who}
  | 担当: {who} | 负责人：{who} | 담당: {who}
seen-by: seen by {who} | gezien door {who} | gesehen von {who} | vu par {who} | visto por {who} | 確認者: {who}
  | 已查看：{who} | 확인: {who}
muted: muted until {day} | gedempt t/m {day} | stumm bis einschließlich {day} | en sourdine jusqu’au {day}
  | silenciado hasta el {day} | {day} までミュート | 静音至 {day} | {day}까지 알림 끔

dialog.send: Send | Versturen | Senden | Envoyer | Enviar | 送信 | 发送 | 보내기
dialog.save: Save | Opslaan | Speichern | Enregistrer | Guardar | 保存 | 保存 | 저장
dialog.cancel: Cancel | Annuleren | Abbrechen | Annuler | Cancelar | キャンセル | 取消 | 취소
dialog.close: Close | Sluiten | Schließen | Fermer | Cerrar | 閉じる | 关闭 | 닫기

complaint: What is wrong with it? | Wat klopt er niet? | Was stimmt daran nicht? | Qu’est-ce qui ne va pas ?
  | ¿Cuál es el problema? | 問題点 | 有什么问题？ | 무엇이 문제입니까?
complaint.wrong-sector: Wrong sector | Verkeerde sector | Falsche Branche | Mauvais secteur | Sector equivocado
  | 分野が違う | 行业不对 | 분야가 다름
complaint.old-news: Old news | Oud nieuws | Alte Nachricht | Information ancienne | Noticia antigua | 古いニュース
  | 旧闻 | 지난 소식
complaint.hedged: Only speculation, no step | Alleen speculatie, geen stap | Nur Spekulation, kein Schritt
  | Simple spéculation, aucune mesure | Solo especulación, ninguna medida | 憶測にすぎず、措置ではない
  | 仅为猜测，并无举措 | 추측일 뿐 조치가 아님
complaint.duplicate: Duplicate of another alert | Dubbel: al eerder gemeld | Doppelt: schon gemeldet
  | Doublon d’une autre alerte | Duplicado de otra alerta | 別の警報と重複 | 与另一条警报重复 | 다른 경보와 중복
complaint.other: Something else | Iets anders | Etwas anderes | Autre chose | Otra cosa | その他 | 其他 | 기타
note: Note | Toelichting | Anmerkung | Remarque | Nota | 補足 | 备注 | 메모

mute.days: {count} days | {count} dagen | {count} Tage | {count} jours | {count} días | {count}日間 | {count} 天
  | {count}일
mute.for: For how long? | Hoe lang? | Wie lange? | Pendant combien de temps ? | ¿Durante cuánto tiempo? | 期間
  | 多长时间？ | 얼마 동안입니까?
mute.hint: Until then, nobody in the team hears of this story. | Tot dan hoort niemand in het team over dit verhaal.
  | Bis dahin hört niemand im Team von diesem Vorgang. | D’ici là, personne dans l’équipe n’est averti de ce sujet.
  | Hasta entonces, nadie del equipo recibe avisos de esta historia. | その間、この案件はチームの誰にも通知されません。
  | 在此期间，团队中任何人都不会收到此事项的通知。 | 그때까지 팀의 누구에게도 이 건을 알리지 않습니다.
mute.why: Why? | Waarom? | Warum? | Pourquoi ? | ¿Por qué? | 理由 | 原因 | 이유
assign.who: Who looks after it? | Wie neemt het op zich? | Wer kümmert sich darum? | Qui s’en occupe ?
  | ¿Quién se encarga? | 担当者 | 由谁负责？ | 담당자
explain.empty: Nothing is known about it. | Er is niets over bekend. | Darüber ist nichts bekannt.
  | Rien n’est connu à ce sujet. | No se sabe nada al respecto. | 情報がありません。 | 没有相关信息。
  | 알려진 내용이 없습니다.

rest: Quiet hours | Stille uren | Ruhezeiten | Heures calmes | Horas de silencio | 通知停止時間 | 免打扰时段
  | 방해 금지 시간
rest.from: From | Van | Von | De | Desde | 開始 | 开始 | 시작
rest.to: To | Tot | Bis | À | Hasta | 終了 | 结束 | 종료
rest.zone: Time zone | Tijdzone | Zeitzone | Fuseau horaire | Zona horaria | タイムゾーン | 时区 | 시간대
rest.hint: What comes in these hours is held, and sent once at their end. The same time twice means no quiet hours.
  | Wat in deze uren binnenkomt, wordt bewaard en na afloop in één keer verstuurd.
  Twee keer dezelfde tijd: geen stille uren.
  | Was in dieser Zeit eintrifft, wird zurückgehalten und danach gesammelt gesendet.
  Zweimal dieselbe Zeit: keine Ruhezeiten.
  | Ce qui arrive pendant ces heures est retenu, puis envoyé en une fois. Deux fois la même heure : pas d’heures calmes.
  | Lo que llega en esas horas se retiene y se envía de una vez al final.
  La misma hora dos veces: sin horas de silencio.
  | この時間帯の通知は保留し、終了後にまとめて送ります。開始と終了が同じ場合は停止しません。
  | 此时段内的消息会暂存，结束后一并发送。起止时间相同表示不启用。
  | 이 시간대의 알림은 보류했다가 끝나면 한 번에 보냅니다. 시작과 종료가 같으면 사용하지 않습니다.
rest.none: none | geen | keine | aucune | ninguna | なし | 无 | 없음

home.settings: Your settings | Uw instellingen | Ihre Einstellungen | Vos réglages | Sus ajustes | 個人設定 | 您的设置
  | 내 설정
home.sectors: Your sectors | Uw sectoren | Ihre Branchen | Vos secteurs | Sus sectores | 関心分野 | 您关注的行业
  | 관심 분야
home.sectors.hint: Each story that hits one of these also reaches you in person.
  | Elk verhaal dat een van deze raakt, komt ook bij u persoonlijk.
  | Jeder Vorgang, der eine davon trifft, erreicht Sie auch persönlich.
  | Chaque sujet qui touche l’un d’eux vous est aussi adressé personnellement.
  | Cada historia que afecta a uno de ellos le llega también a usted.
  | いずれかに影響する案件は、個人宛てにも届きます。 | 凡影响其中之一的事项，也会单独发送给您。
  | 이 중 하나에 영향을 주는 건은 개인 메시지로도 보내 드립니다.
home.sectors.choose: Choose sectors | Kies sectoren | Branchen wählen | Choisir des secteurs | Elegir sectores
  | 分野を選択 | 选择行业 | 분야 선택
home.band: Lowest level that reaches you | Laagste niveau dat u bereikt | Niedrigste Stufe, die Sie erreicht
  | Niveau minimal qui vous parvient | Nivel mínimo que le llega | 通知する最低レベル | 向您发送的最低级别
  | 알림을 받을 최저 등급
home.language: Language | Taal | Sprache | Langue | Idioma | 言語 | 语言 | 언어
home.change: Change | Wijzigen | Ändern | Modifier | Cambiar | 変更 | 更改 | 변경
home.alerts: Recent alerts | Recente meldingen | Letzte Meldungen | Alertes récentes | Alertas recientes
  | 最近の警報 | 最近的警报 | 최근 경보
home.alerts.none: No alerts in the last days. | Geen meldingen in de laatste dagen.
  | Keine Meldungen in den letzten Tagen. | Aucune alerte ces derniers jours. | Sin alertas en los últimos días.
  | ここ数日、警報はありません。 | 最近几天没有警报。 | 최근 며칠간 경보가 없습니다.
home.mutes: Muted stories | Gedempte verhalen | Stummgeschaltete Vorgänge | Sujets en sourdine
  | Historias silenciadas | ミュート中の案件 | 已静音的事项 | 알림을 끈 건
home.unmute: Unmute | Dempen opheffen | Stummschaltung aufheben | Réactiver | Reactivar | ミュート解除 | 取消静音
  | 알림 켜기
home.well: Sources in order: {count} | Bronnen in orde: {count} | Quellen in Ordnung: {count}
  | Sources en ordre : {count} | Fuentes en orden: {count} | 正常な情報源: {count} | 正常来源：{count}
  | 정상 출처: {count}
home.ill: in trouble: {count} | gestoord: {count} | gestört: {count} | en échec : {count} | con fallos: {count}
  | 障害中: {count} | 异常：{count} | 장애: {count}
home.waiting: Messages waiting: {count} | Wachtende berichten: {count} | Wartende Nachrichten: {count}
  | Messages en attente : {count} | Mensajes en espera: {count} | 送信待ち: {count} | 待发消息：{count}
  | 대기 중인 메시지: {count}
home.at: As of {when} | Stand van {when} | Stand: {when} | État au {when} | Estado al {when} | {when} 現在
  | 截至 {when} | {when} 기준
"""
