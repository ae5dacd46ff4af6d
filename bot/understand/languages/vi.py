"""Vietnamese: syllables stand apart and never change; two ways to place tones, and two to write final i."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.vi import GRAMMAR, TONES
from bot.understand.languages._language import Language, listed

LANGUAGE: Language = Language(
    name="vi",
    spacy="xx",  # spaCy's own Vietnamese tokenizer wants a dictionary that is not installed
    grammar=GRAMMAR,
    # Either way is met in texts, and rule files may use either: hóa, hoá; Ủy, Uỷ; kỹ, kĩ.
    spellings=(*TONES, *((new, old) for old, new in TONES)),
    conjunctions=listed("và hoặc"),
    abbreviations=listed("tp ts ths gs pgs bs ông tr vd v.v tt st q p đ"),
    may_end=listed("v.v"),
    openers=listed("ông bà theo các những trong tuy nhưng ngoài bên trước sau tại đây điều việc để khi"),
    everyday=listed("""
        xuất nhập khẩu hàng hóa phép cấm lệnh quy định giấy công ty nghiệp doanh sản phẩm thị trường giá bán mua quốc
        gia chính phủ bộ trưởng tổng thống thủ tướng nhà người dân ngày tháng tuần năm hôm nay qua mai giờ đầu cuối
        tăng giảm cao thấp lớn nhỏ mới cũ nhất thêm phần trăm triệu tỷ nghìn đồng usd kinh tế thương mại công nghệ
        nghiệp ngành đầu tư dự án kế hoạch hoạt động thực hiện biết nói đưa ra đề nghị yêu cầu áp dụng thuế quan hải
        luật thông báo tuyên bố quyết hạn chế kiểm soát nguồn cung ứng chuỗi hợp đồng đối tác hai ba bốn mỗi mọi cả
        toàn thế giới khu vực vùng miền đông tây nam bắc trung biển đường xe máy thành phố tỉnh huyện xã trường học
        viên sinh quân đội sự an ninh quyền lực hiệu vấn đề tình hình kết quả cơ quan đơn vị tổ chức thời gian điểm
        lần số mức loại chất kim vật liệu khí điện nước đất pin chip
    """),
    function_words=FUNCTION_WORDS["vi"],
)
