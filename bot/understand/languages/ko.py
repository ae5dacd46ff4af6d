"""Korean: matched as characters, since particles stick to words; a few words hide shorter ones."""

from __future__ import annotations

from bot.understand.grammars.ko import GRAMMAR
from bot.understand.languages._language import Language, listed

LANGUAGE: Language = Language(
    name="ko",
    spacy="xx",  # spaCy's own Korean asks for a dictionary at once; characters suffice
    grammar=GRAMMAR,
    cjk=True,
    open_end=True,
    conjunctions=listed("및 와 과 또는 그리고"),
    words_across=listed("""
        고려아연 고려대 고려인 고려청자 고려시대 집중단속 도중단 공연장 강연장 경연장 시연장 연장근로 연장전 연장선
        견해제시 국면제시 트리튬 삼중수소 이테르븀 이터븀 셀레늄 관중석 고색창연 영부인 산부인과 지속가능성 관세음
        관세사 금수저 금수강산 경제재건 경제재도약 문제재발 문제제기 시행착오 시행사 발효식품 발효유 행정고시
        사법고시 단결정 국가주석 주석서 제시한 인도네시아 인도적 인도주의 인도차이나 인도양 인도장 화인도
        파푸아뉴기니 적도기니 기니피그 기니비사우 말리는 말리지 말리고 가나안 오만한 오만함 오만방자 오만과 대만큼
        캐나다구스 조지아주 조지아텍 구리시 구리시장 딱따구리 너구리 개구리 옆구리 항구리 납품 납부 납세 납득 납치
        납기 체납 반납 상납 헌납 용납 미납 완납 선납 납북 니켈로디언 포테이토칩 감자칩 칩거 칩샷 칩인 블루칩 칩스
        침체 구성요소 위험요소 핵심요소 필수요소 상무지구 상무위 상무이사 부상무 드론쇼 코발트블루 북한산 북한강
        수출입은행 아연실색 아연질색 페루자 스크린쿼터 외국인쿼터 아시아쿼터 지역쿼터 여성쿼터 공공비축미 비축미
        교통통제 내부통제 출입통제 입산통제 자기통제 감정통제 통제불능 통제선 인구통제
    """),
    everyday=listed("정부 수출 수입 기업 발표 조치 대상 관련 이날 지난 시장 국가 세계 경제"),
)
