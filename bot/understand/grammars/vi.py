"""Vietnamese: function words for event assembly. Nouns stand before what describes them: lệnh cấm của Trung Quốc."""

from __future__ import annotations

from bot.understand import _grammar
from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, Words, counts, groups

# The tone of oa, oe and uy is written on the first vowel or on the second, and a final i after some letters as y.
TONES = (
    *(("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ")),
    *(("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ")),
    *(("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ")),
    *(("kỳ", "kì"), ("kỹ", "kĩ"), ("ký", "kí"), ("kỷ", "kỉ"), ("tỷ", "tỉ"), ("lý", "lí"), ("mỹ", "mĩ"), ("quý", "quí")),
)


def words(text: str) -> Words:
    """Words in both ways of placing tones."""
    found = _grammar.words(text)
    return tuple(dict.fromkeys((*found, *(_otherwise(word) for word in found))))


def _otherwise(word: str) -> str:
    for old, new in TONES:
        word = word.replace(old, new)
    return word


def _weekday(day: str) -> Words:
    """A weekday with a word that makes it one: thứ hai alone is also the second."""
    lead = tuple(f"{word} thứ {day}" for word in ("hôm", "ngày", "sáng", "chiều", "tối", "đêm", "trưa", "vào"))
    return (
        *lead,
        *(f"thứ {day} {word}" for word in ("tuần này", "tuần trước", "tới", "vừa qua", "vừa rồi", "tuần sau")),
    )


_STEPS = Steps(
    imposes=words("""
        cấm | siết | siết chặt | thắt chặt | thắt | hạn chế | áp | áp đặt | áp dụng | ban hành | ban bố | ra lệnh |
        đưa .. vào | bổ sung .. vào | liệt .. vào | thêm .. vào | thêm | bổ sung | yêu cầu | buộc | bắt buộc |
        đánh thuế | nâng | tăng | thông qua | ký ban hành | ký sắc lệnh | vừa ký | đã ký | công bố | thông báo |
        tuyên bố | quyết định | chặn | dừng | ngừng | ngưng | tạm dừng | tạm ngừng | tạm ngưng | đình chỉ | khóa |
        đóng | chấm dứt | phải xin | phải có | phải được | phải qua | cần giấy phép | thu hồi | rút | mở rộng |
        kiểm soát | giới hạn | thi hành | triển khai | không cho | không bán | trừng phạt | phong tỏa |
        khởi xướng | mở điều tra | ấn định | lập rào | dựng rào | giữ | bịt | cắt | chốt | duyệt | chuẩn y |
        phê chuẩn | trình làng | kích hoạt | tung | ra quyết định | ra thông báo | từ chối | giữ lại | gọi tên |
        đòi | khai hỏa | ra tay | mạnh tay | xiết | ghì | không còn được | quốc hữu hóa | đăng công báo
    """),
    suspends=words("""
        tạm dừng | tạm ngừng | tạm ngưng | tạm hoãn | tạm đình chỉ | tạm gác | tạm treo | tạm thời dừng |
        tạm thời đình chỉ | đình chỉ | hoãn | trì hoãn | lùi | đóng băng | dừng | ngừng | ngưng | gác lại | treo |
        dời | tạm khóa | chững lại | việc tạm dừng | gác
    """),
    lifts=words("""
        dỡ bỏ | gỡ bỏ | bãi bỏ | hủy bỏ | hủy | xóa bỏ | rút lại | thu hồi | chấm dứt | bỏ | gỡ | dỡ |
        đưa .. ra khỏi | đưa .. khỏi | loại .. khỏi | xóa .. khỏi | rút .. khỏi | gạch .. khỏi | bỏ .. khỏi |
        từ bỏ | nhượng bộ | xuống thang | không gia hạn | kết thúc | vô hiệu | tuyên vô hiệu | tháo | tháo gỡ |
        gỡ .. khỏi | xóa tên | quay xe | xé | xé bỏ | đảo ngược | phá bỏ | xóa sổ | lật lại | bác lệnh |
        không còn áp dụng
    """),
    expires=words("hết hiệu lực | hết hạn | đáo hạn | mãn hạn | hết thời hạn | chấm dứt hiệu lực | sắp hết"),
    eases=words("""
        nới | nới lỏng | nới tay | miễn | miễn trừ | miễn toàn bộ | được miễn | giảm nhẹ | đơn giản hóa |
        hạ nhiệt | mở đường | tạo điều kiện | châm chước | cởi trói | mở khóa
    """),
    extends=words("""
        gia hạn | kéo dài lệnh | kéo dài hạn chế | kéo dài kiểm soát | kéo dài thời | kéo dài việc | kéo dài thêm |
        duy trì | giữ nguyên | tiếp tục áp dụng | tiếp tục có hiệu lực | vẫn còn hiệu lực | thêm một năm |
        thêm sáu tháng | thêm ba tháng | thêm 3 tháng | thêm 6 tháng
    """),
    restores=words("""
        tái áp đặt | tái áp dụng | áp đặt lại | áp dụng trở lại | khôi phục | nối lại | mở lại | tái lập |
        phục hồi | tái khởi động | có hiệu lực trở lại | cấm trở lại | siết trở lại
    """),
    raises=words("nâng | tăng | tăng gấp đôi | nâng gấp đôi | nới hạn ngạch | cộng thêm | gấp đôi | tăng thêm"),
    lowers=words("""
        giảm | hạ | cắt giảm | cắt | giảm một nửa | cắt một nửa | về 0 | thu hẹp | bớt | xén | còn một nửa
    """),
    allows=words("""
        cho phép | cấp giấy | đã cấp | vừa cấp | bắt đầu cấp | sẽ cấp | được cấp | cấp thêm | cấp lại | phê duyệt |
        chấp thuận | đồng ý | bật đèn xanh | đèn xanh | cho thông quan | duyệt | cho xuất | cho bán | nhả | thả
    """),
    refuses=words("""
        từ chối | bác đơn | không cấp | không duyệt | khước từ | không chấp thuận | ngừng cấp | dừng cấp | ngâm |
        không phê duyệt | bị bác
    """),
    frees=words("""
        không cần xin phép | không phải xin phép | không còn phải xin | không cần giấy phép | miễn giấy phép |
        không còn cần giấy phép | không phải xin giấy phép | không cần xin giấy phép | khỏi xin phép |
        lại đi được | được qua cửa | ra khơi | miễn xin phép | được xuất khẩu trở lại | xuất khẩu trở lại |
        lại được xuất khẩu | lại được bán | được bán trở lại | bán trở lại | bán lại cho | tự do xuất khẩu |
        thông quan trở lại | được phép rời | lại được phép | bán chip trở lại | ra khỏi danh sách |
        khỏi danh sách đen | khỏi danh sách thực thể | miễn thuế | thuế suất 0% | mở khóa cho | mở van trở lại |
        không còn bị hạn chế | không còn bị cấm | thôi kiểm soát
    """),
    forbids=words("""
        không được rời | không được ra khỏi | không được xuất | không được mang ra | không được đưa ra |
        không còn được xuất | phải quay đầu | thôi cho | không bán cho | ở lại trong nước | giữ lại trong nước |
        không được phép xuất | không được bán | không còn được bán | không được chuyển | không còn bán | cấm bán |
        không được rời cảng | nằm lại | giữ lại cho trong nước | chỉ được bán trong nước
    """),
    trade=words("""
        xuất khẩu | xuất hàng | xuất bán | nhập khẩu | giao hàng | cung cấp | nguồn cung | lô hàng | chuyến hàng |
        vận chuyển | dòng chảy | xuất xưởng | thông quan | đơn hàng | bán hàng | chuyển giao | bán chip | bán cho |
        bán sang | bán .. cho | bán .. sang | việc bán | bán ra | bán lại
    """),
    controls=words("""
        lệnh cấm xuất khẩu | lệnh cấm bán | hạn chế bán | lệnh cấm | cấm xuất khẩu | cấm nhập khẩu | cấm bán |
        cấm | cấm vận | kiểm soát xuất khẩu | biện pháp kiểm soát | kiểm soát | hạn chế xuất khẩu |
        biện pháp hạn chế | hạn chế | thuế xuất khẩu | thuế nhập khẩu | thuế quan | thuế | trừng phạt |
        lệnh trừng phạt | biện pháp | quy định | quy tắc | hạn ngạch | danh sách đen | danh sách thực thể |
        điều tra | phong tỏa | lệnh hạn chế | rào cản | yêu cầu cấp phép | yêu cầu giấy phép | chế độ cấp phép |
        lệnh | nghĩa vụ | lệnh dừng | lệnh ngừng | siết | phụ thu | chế tài | chống bán phá giá |
        thuế chống bán phá giá | thuế chống trợ cấp | thuế tự vệ | thủ tục xin phép | phải xin phép | giới hạn |
        danh mục kiểm soát | phải được .. cho phép | phải được .. chấp thuận | phải được .. phê duyệt |
        phải được .. cấp phép | phải xin giấy phép | phải có giấy phép | phải xin .. giấy phép |
        phải có .. giấy phép | chỉ được .. khi | trừ khi .. chấp thuận | chỉ khi .. chấp thuận | phải được phép |
        diện kiểm soát | diện quản lý | thông báo số
    """),
    permits=words("giấy phép xuất khẩu | giấy phép | cấp phép | phép xuất | quota xuất khẩu"),
    quotas=words("hạn ngạch | quota | hạn mức | chỉ tiêu xuất khẩu"),
    reliefs=words("""
        miễn trừ | ngoại lệ | đình chiến | hưu chiến | giấy phép chung | danh sách trắng | thời gian ân hạn |
        ân hạn | ưu đãi | miễn thuế | thỏa thuận đình chiến | thời gian tạm hoãn | giấy phép tổng quát |
        miễn giấy phép
    """),
    drafts=words("dự luật | dự thảo | đề xuất | kế hoạch | điều khoản | phương án | bản thảo | dự định"),
    fresh=words("mới | bổ sung | thêm | khắt khe hơn | gắt gao | tạm thời | toàn diện | lần đầu | chặt hơn"),
)

_ROLES = Roles(
    name_behind=True,
    home="VN",
    capitals=words("""
        Bắc Kinh | Tokyo | Washington | Brussels | Moscow | Moskva | Mát-xcơ-va | Seoul | Đài Bắc | London |
        Paris | Berlin | La Haye | Den Haag | New Delhi | Jakarta | Hà Nội | Canberra | Ottawa | Kinshasa |
        Harare | Kremlin | Nhà Trắng | Điện Kremlin | Trung Nam Hải
    """),
    fillers=words("""
        các | những | mọi | tất cả | hai | ba | bốn | một số | một | nước | phía | chính | chính phủ |
        chính quyền | thị trường | bên | toàn bộ | hầu hết | quốc gia | cả | riêng | đại lục | giới chức |
        khách hàng | hàng | doanh nghiệp | công ty | hãng | người mua
    """),
    joins=words("và | , | trong đó có | gồm | bao gồm | như | cùng | cũng như | hay | hoặc | và cả | với cả"),
    target_before=words("""
        sang | tới | đến | cho | vào | nhằm vào | nhắm vào | chống | chống lại | đối với | với | đi | về phía |
        tới tay | hướng tới | nhắm tới | đưa sang | bán sang
    """),
    target_maybe=words("lên | đánh vào"),
    source_before=words("từ | xuất xứ | có xuất xứ | xuất xứ từ | có nguồn gốc từ | nguồn gốc | đến từ"),
    agent_before=words("bị | được | do | bởi | từ phía | được phía | bị phía | theo | nhờ"),
    place_before=words("ở | tại | trong | qua | ngoài | giữa | quanh | khắp"),
    owner_before=words("của | từ | do | bởi | mà | bên phía"),
    acts=words("""
        quyết định | động thái | bước đi | biện pháp | thông báo | luật | nghị định | quy định | quy tắc | lệnh |
        chính sách | kế hoạch | hành động | đòn | sắc lệnh | danh sách | danh mục | dự thảo | dự luật | cơ chế |
        hải quan | lệnh cấm | lệnh hạn chế | thuế | thông tư | công báo
    """),
    parties=words("""
        doanh nghiệp | công ty | hãng | khách hàng | người mua | bên mua | nhà sản xuất | nhà nhập khẩu |
        tập đoàn | quân đội | tổ chức | thực thể | nhà máy | hãng xe | người dùng | nhà đầu tư | cổ đông |
        công dân | hàng | hàng hóa | đối tác | viện nghiên cứu | đại học | công ty con | nhà thầu | hãng chip |
        khách | pháp nhân | vốn | phe | lực lượng
    """),
    persons=words("""
        bộ trưởng | bộ | tổng thống | thủ tướng | chủ tịch | người phát ngôn | phát ngôn viên | quan chức |
        chính phủ | chính quyền | nội các | quốc hội | nghị sĩ | nghị viện | hạ viện | thượng viện | ủy ban |
        đặc phái viên | cơ quan | cục | hải quan | tòa án | hội đồng | giới chức | lãnh đạo | nhà chức trách |
        đại diện thương mại | phía | nước
    """),
    reacts=words("""
        lên án | phản đối | chỉ trích | phê phán | kịch liệt | bất bình | lấy làm tiếc | phản ứng | lo | lo ngại |
        lo lắng | lo sợ | kêu gọi | thúc giục | hối thúc | đòi gỡ | yêu cầu gỡ | yêu cầu dỡ | yêu cầu rút |
        cảnh báo về | hoan nghênh | than phiền | kêu ca | tố cáo | cáo buộc | gửi công hàm | triệu đại sứ |
        nổi giận | tức giận | đối mặt | hứng chịu | chao đảo | khiếu nại | khởi kiện | dọa kiện | sẽ kiện |
        xin miễn | đáp trả | ca ngợi | quan ngại | gọi .. là | cho rằng | bác bỏ lệnh | trao công hàm | phàn nàn
    """),
    demands=words("""
        kêu gọi | thúc giục | hối thúc | nên cấm | nên siết | nên áp | nên hạn chế | cần phải | đòi | kiến nghị |
        vận động | khuyến nghị | đề nghị áp | mong muốn | ủng hộ việc
    """),
    object_before=words("đối với | với | về | mặt hàng"),
    object_stops=words("""
        sang | tới | đến | cho | từ | bởi | do | tại | ở | trong | sau | trước | và | hoặc | hay | nhưng | vì |
        để | khi | là | sẽ | đã | đang | được | bị | phải | có | không | của | với | đối với | theo | nhằm | kể |
        vào | ra | nếu | hơn | cũng | thì | mà | này | đó | nói | cho biết | tuyên bố | như | thêm | giữa | về |
        qua | trên | dưới | bằng | lên | xuống | tăng | giảm | chưa | còn | vẫn | lại | trở lại | hiện | nay |
        thành | năm | tháng | ngày | tuần
    """),
    vague=words("""
        hàng | hàng hóa | mặt hàng | sản phẩm | nguyên liệu | vật liệu | công nghệ | thiết bị | các | những | một |
        một số | mọi | tất cả | chiến lược | quan trọng | thiết yếu | then chốt | nhạy cảm | xuất khẩu |
        nhập khẩu | nước | quốc gia | công ty | doanh nghiệp | biện pháp | này | đó | khác | nhiều | mới | thô |
        dân sự | quân sự | trong nước | nước ngoài | thương mại | năm | tháng | tuần | ngày | lệnh | việc |
        quy định | lô | chuyến | đơn | nhóm | loại | thị trường | xuất xứ | lao động | phần | kiểm soát |
        giấy phép | biên giới | hải quan
    """),
)

_TELLING = Telling(
    now=words("""
        hôm nay | nay | hiện nay | tuần này | tháng này | hôm thứ hai | hôm thứ ba | hôm thứ tư | hôm thứ năm |
        hôm thứ sáu | hôm thứ bảy | hôm chủ nhật | hôm qua | đêm qua | tối qua | sáng nay | chiều nay | tối nay |
        vừa | mới đây | ngày mai | ngay lập tức | từ nay | sắp tới | vừa qua | kể từ hôm nay | lập tức |
        rạng sáng | chiều cùng ngày | vừa mới | trưa nay | giờ đây | cuối tuần qua | đầu tuần này
    """),
    past=words("""
        năm ngoái | năm trước | nhiều năm trước | cách đây | hồi đó | khi ấy | khi đó | thời điểm đó | trước đây |
        trước đó | trong quá khứ | đã từng | một thập kỷ trước | tháng mười năm ngoái | nhìn lại | kỷ niệm |
        năm xưa | ngày ấy | thập niên | mấy năm trước | hồi năm | tính từ đó | kể từ đó | từ dạo | thuở | xưa kia |
        năm kia | vài năm trước | năm sau lệnh | năm sau khi | năm sau ngày | ký ức
    """),
    anterior=words("trước đó đã | vốn đã"),
    modal=words("có thể | có khả năng | có lẽ | biết đâu | dọa | đe dọa | e rằng | nhiều khả năng"),
    hypothetical=words("nếu như | giả sử | giả định | kịch bản | điều gì xảy ra nếu | thử tưởng tượng | diễn tập"),
    negates=words("""
        không cấm | không hạn chế | không áp | không phải | không có | không hề | chưa cấm | chưa áp | chưa có |
        không siết | không ngừng | không dừng | chẳng | chưa hề | chưa từng | không còn | không định | không tính |
        không có ý định | không gia hạn | chưa gia hạn | chứ không | thay vì | không đồng nghĩa | đâu có |
        không kéo dài
    """),
    exempts=words("""
        không bị ảnh hưởng | không áp dụng | không thuộc diện | ngoại trừ | trừ | loại trừ | không bao gồm |
        không nằm trong | không liên quan | vẫn được bán | vẫn được xuất | vẫn được phép | không đụng tới |
        không chịu | không động đến | không ảnh hưởng | vẫn mở | không bị hạn chế | không nhắm vào | miễn là |
        vẫn đi bình thường | vẫn bình thường | không nằm trong diện | vẫn xuất bình thường
    """),
    breaks=words("""
        nhưng | song | trong khi | sau khi | trước khi | vì | mặc dù | dù | tuy | đồng thời | trong lúc | khiến |
        bởi vì | giữa lúc | và cân nhắc | và dọa | và đang xem xét | sau việc
    """),
    prohibits=words("không được | bị cấm | nghiêm cấm | không được phép | cấm xuất"),
)

_CALENDAR = Calendar(
    months=groups("""
        tháng 1 | tháng 01 | tháng một | tháng giêng; tháng 2 | tháng 02 | tháng hai; tháng 3 | tháng 03 | tháng ba;
        tháng 4 | tháng 04 | tháng tư; tháng 5 | tháng 05 | tháng năm; tháng 6 | tháng 06 | tháng sáu;
        tháng 7 | tháng 07 | tháng bảy; tháng 8 | tháng 08 | tháng tám; tháng 9 | tháng 09 | tháng chín;
        tháng 10 | tháng mười; tháng 11 | tháng mười một; tháng 12 | tháng mười hai | tháng chạp
    """),
    weekdays=(*(_weekday(day) for day in words("hai | ba | tư | năm | sáu | bảy")), ("chủ nhật",)),
    year_before=words("năm | , năm"),
    bare_before=words("""
        ngày | hôm | sáng | chiều | tối | đêm | trưa | rạng sáng | từ | đến | trước | sau | kể từ | tới | thứ hai |
        thứ ba | thứ tư | thứ năm | thứ sáu | thứ bảy | chủ nhật | hết | vào | hạn chót | ngày hôm qua | hôm nay |
        mùng | từ mùng | hôm qua | sáng nay | lực
    """),
    numbers=counts("""
        một=1 | hai=2 | ba=3 | bốn=4 | năm=5 | sáu=6 | bảy=7 | tám=8 | chín=9 | mười=10 | mười hai=12 | ba mươi=30 |
        bốn mươi lăm=45 | sáu mươi=60 | chín mươi=90
    """),
    units=groups("ngày; tuần; tháng; năm"),
    within=words("trong | trong vòng | sau | trong thời hạn | trong thời gian | thêm"),
    later=words("sau | nữa | tới | kể từ ngày công bố | sau đó"),
    ago=words("trước | cách đây"),
    today=words("hôm nay | sáng nay | chiều nay | tối nay | trưa nay"),
    tomorrow=words("ngày mai | sáng mai"),
    yesterday=words("hôm qua | đêm qua | tối qua | chiều qua | sáng qua | ngày hôm qua"),
    next_day=words("một ngày sau khi công bố | ngày hôm sau | ngày kế tiếp sau khi công bố"),
    next_month=words("tháng sau | tháng tới"),
    next_year=words("năm sau | năm tới | sang năm | đầu năm sau | đầu năm tới"),
    this_year=words("năm nay"),
    last_year=words("năm ngoái | năm trước"),
    end_of=words("cuối | hết | cuối năm"),
    at_once=words("""
        có hiệu lực ngay | hiệu lực tức thì | ngay lập tức | có hiệu lực tức thì | có hiệu lực từ hôm nay |
        từ hôm nay | kể từ hôm nay | có hiệu lực kể từ ngày ký | hiệu lực ngay | tức thời | hiệu lực từ ngày ký |
        hiệu lực kể từ ngày ký
    """),
    from_before=words("""
        từ | từ ngày | kể từ | kể từ ngày | bắt đầu từ | bắt đầu từ ngày | có hiệu lực từ | có hiệu lực vào |
        hiệu lực từ | có hiệu lực từ ngày | áp dụng từ | thi hành từ | có hiệu lực ngày | có hiệu lực vào ngày |
        từ đầu | từ cuối | kể từ đầu | từ mùng | áp dụng từ ngày | hiệu lực ngày | bắt đầu | từ giữa | tức
    """),
    from_after=words("trở đi"),
    until_before=words("""
        đến | tới | cho đến | cho tới | đến ngày | đến hết | đến hết ngày | tới hết | hết | đến cuối | hạn chót |
        tới ngày | cho đến ngày | hết hạn vào | hết hiệu lực vào | có hiệu lực đến | đến hết năm | trước ngày |
        chậm nhất | tới cuối | cho đến hết | hết hạn ngày | đến giữa
    """),
    begun=words("""
        đã có hiệu lực | vừa có hiệu lực | bắt đầu có hiệu lực hôm | chính thức có hiệu lực hôm | có hiệu lực hôm
    """),
    since=words("suốt từ | có hiệu lực suốt từ"),
    in_month=words("""
        trong | vào | hồi | từ | đến | trước | sau | đầu | cuối | giữa | tới | kể từ | năm | hôm | ngày | hết
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
