"""Characters that look or sound alike and are taken for each other."""

from __future__ import annotations

#: Taken for each other most often; within a group each for any other.
CONFUSED = tuple(
    (
        "己已 末未 土士 日曰 干千 侯候 辩辨辫 帐账 部陪 治冶 折拆 贷货 幕暮募 密蜜 籍藉 洽恰 竞竟 蓝篮 历厉 村材 "
        "效郊 妨防 情清晴请 住往 待侍 科料 项顶 检捡 拨拔 管菅 责贵 准淮 抵低 列例 偿尝 载栽 购构 援缓 培陪 "
        "担但 级极 提堤 网冈 补朴 纳钠 析折 拟似 缴激 券卷 官宫 徽微 戴载 冲仲 稍梢"
    ).split()
)
#: With a part in common but of another width, which their pictures do not show.
SAME_PART = (
    "青清情晴请精睛静靖猜倩 倍剖赔焙 裂烈咧 较校胶绞狡皎郊 偏编遍骗篇扁匾 狠很恨限根跟艰银 杨扬场肠汤畅 "
    "沟钩构 胡湖糊葫 峰锋蜂逢缝 经径茎劲轻 抢枪沧苍仓创舱 坚紧贤 险检验签脸俭剑 征证政整 "
    "低底抵邸 何河荷阿呵 洋样详祥羊养 抱饱炮泡跑包胞袍 洪供共拱哄 徐除叙余途涂 俊峻骏竣酸 "
    "档挡当铛 副福幅富逼 磨摩魔麻 博搏缚傅膊 慢漫蔓曼 绵棉锦帛 援暖缓媛 绩积债渍 "
    "借错措惜腊猎 伦论轮抡沦 议仪义蚁 沿铅船 晓浇绕烧挠饶 诉斥拆 喝渴揭竭歇葛 剂济挤齐 "
    "拖施 拥佣 护炉庐沪驴 任凭 堆推唯准维难谁 植值置直殖 职织积识帜 彻切砌 绿禄录碌 "
    "营劳荣莹 漏露 赢瀛嬴 苦若 免兔 洒酒 凤风 壁璧 傲徼 缀辍 撤撒澈 概慨溉 即既 喻愉输 "
    "囗口 艮良 戌戍戊 亳毫 睢雎 汨汩 祇祗 丐丏 冼洗 郗郤 昊吴 衍衔 晢晰 盱肝 邳丕 泗酒四"
).split()
#: Usual readings of characters that have several, or whose first one in the table is rare. The
#: table's others are of old texts: 包 is no fu today, nor 承 a zheng.
USUAL_READINGS = (
    "乐le/yue 乘cheng/sheng 了le/liao 什shen/shi 仔zi/zai 会hui/kuai 传chuan/zhuan 便bian/pian 俩lia/liang "
    "刹cha/sha 削xue/xiao 剥bo/bao 劲jin/jing 匙chi/shi 卜bu/bo 卡ka/qia 参can/shen/cen 叨dao/tao 吓xia/he "
    "否fou/pi 呢ni/ne 和he/huo 咳ke/hai 咽yan/ye 嗒da/ta 嚼jiao/jue 圈quan/juan 埋mai/man 堡bao/bu/pu "
    "塞sai/se 壳ke/qiao 奇qi/ji 宿su/xiu 屏ping/bing 属shu/zhu 差cha/chai/ci 度du/duo 弄nong/long 弹dan/tan "
    "强qiang/jiang 得de/dei 恶e/wu 扎zha/za 扒pa/ba 扛gang/kang 折zhe/she 抹mo/ma 拓tuo/ta 拗niu/ao 择ze/zhai "
    "攒cuan/zan 数shu/shuo 暴bao/pu 曾zeng/ceng 朝zhao/chao 朴pu/piao 柏bai/bo 栅shan/zha 校xiao/jiao "
    "槛jian/kan 模mo/mu 没mei/mo 泊bo/po 澄cheng/deng 爪zhao/zhua 牟mu/mou 率lv/shuai 畜chu/xu 的de/di "
    "盛sheng/cheng 省sheng/xing 着zhe/zhuo/zhao 磅pang/bang 称cheng/chen 粘nian/zhan 系xi/ji 纤xian/qian "
    "给gei/ji 绿lv/lu 耙pa/ba 脉mai/mo 臭chou/xiu 色se/shai 艾ai/yi 落luo/lao/la 蔓man/wan 薄bo/bao 藉jie/ji "
    "藏cang/zang 蛤ha/ge 血xue/xie 行xing/hang 见jian/xian 觉jue/jiao 角jiao/jue 解jie/xie 识shi/zhi "
    "调diao/tiao 贾gu/jia 车che/ju 辟pi/bi 还huan/hai 迫po/pai 遗yi/wei 都du/dou 重zhong/chong 钥yao/yue "
    "铛cheng/dang 长chang/zhang 阿a/e 陆lu/liu 降jiang/xiang 雀que/qiao 露lu/lou 颤chan/zhan 似si/shi 佛fo/fu "
    "沓ta/da 驮tuo/duo 莞wan/guan 肋lei/le 勒le/lei 伺si/ci 轧zha/ya 琢zhuo/zuo 蹊xi/qi 疟nve/yao 囤tun/dun "
    "娜na/nuo 掺chan/can 柚you/zhou 桔ju/jie 辗zhan 茄qie/jia 茜qian/xi 莎sha/suo 单dan/shan 查cha/zha "
    "尉wei/yu 仇chou/qiu 翟zhai/di 区qu/ou 臂bi/bei 擘bo 漯luo/ta 玢bin/fen 隗wei/kui 褚chu/zhu 郗xi/chi "
    "种zhong/chong"
).split()
