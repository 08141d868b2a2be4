// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demophrases.h"

#include <iterator>

namespace insitecache {

namespace {

constexpr DemoPhrase demoPositive[] = {
    {u"{s} crushed earnings, amazing quarter!",
        u"Revenue beat, margins beat, guidance raised. I love this company and "
        u"I am adding more."},
    {u"{s} breaking out, strong momentum and great volume", u"Up {c} % today and buyers keep winning every dip."},
    {u"Very bullish on {s} here",
        u"Solid balance sheet, growing free cash flow and a happy customer base. What is not "
        u"to like?"},
    {u"{n} just got an upgrade, price target raised. Excellent news for holders", u""},
    {u"Bought more {s} at {p}. Best decision this year",
        u"The new products are impressive and the team executes "
        u"brilliantly."},
    {u"{s} looking great, profits at a record high",
        u"Record profit, a healthy order book and a generous buyback. "
        u"Happy shareholder."},
    {u"Huge win for {n} today", u"They won the contract everybody wanted. This is a good sign for the next quarters."},
    {u"Not worried about {s} at all, this is a strong buy",
        u"The business improved again and the outlook is better "
        u"than last year."},
    {u"{s} to the moon 🚀🚀", u"Good earnings, good guidance, good vibes."},
    {u"{n} beat estimates again. Outstanding execution, congrats to the team!", u""},
    {u"Why I think {s} is a wonderful long-term hold",
        u"Loyal customers, strong pricing power and excellent "
        u"management. The valuation is attractive too."},
    {u"{s} rally is justified, fundamentals are superb", u"Everything improved: growth, margins, cash."},
};

constexpr DemoPhrase demoNegative[] = {
    {u"{s} missed earnings badly, terrible quarter",
        u"Revenue miss, margin miss, weak guidance. I am disappointed and "
        u"sold everything."},
    {u"{s} is breaking down, awful price action", u"{c} % today and every bounce fails. Sellers are in control."},
    {u"Very bearish on {s} here", u"Debt is a problem, growth is slowing and customers are angry. Avoid."},
    {u"{n} downgraded, target cut. Bad news for holders", u""},
    {u"Sold all my {s} at {p}. Worst trade of the year", u"Management keeps failing and the losses are getting worse."},
    {u"{s} looks ugly, losses are growing", u"Another warning, a painful lawsuit and a weak order book. Sad to watch."},
    {u"Fraud allegations against {n}? This is a disaster", u"Even if it is not true the damage is terrible."},
    {u"Not happy with {s}, this is a sell", u"The business got worse again and the outlook is poor."},
    {u"{s} is going to crash hard 📉", u"Panic everywhere, and the bad news has not even started."},
    {u"{n} warned on profit again. Horrible execution, I am out", u""},
    {u"Why I think {s} is a trap", u"Overvalued, losing share, and the dividend is at risk. I fear a big drop."},
    {u"{s} dump is justified, fundamentals are bad", u"Everything got worse: growth, margins, cash."},
};

constexpr DemoPhrase demoNeutral[] = {
    {u"{s} daily discussion", u"What are your thoughts for the week? Trading at {p} now."},
    {u"When does {n} report?", u"I can not find the date on their site."},
    {u"{s} at {p}, change of {c} % today", u""},
    {u"What is a fair price for {s}?", u"Looking at the last five years of sales and the number of shares."},
    {u"{n} will hold its investor day next month", u""},
    {u"Question about {s} options", u"What happens to a covered call when the ex-date comes before it expires?"},
    {u"{s} opened a new office according to the local paper", u""},
    {u"Watching {s} this week, no position", u"It has been in the same range since the last report."},
    {u"{n} publishes its annual report", u"It has 214 pages. Which chapters do you read?"},
    {u"How much of your portfolio is {s}?", u"Mine is about five percent."},
};

constexpr DemoPhrase demoPositiveKorean[] = {
    {u"{s} 실적 대박, 어닝 서프라이즈!", u"매출도 영업이익도 최고입니다. 강력 매수 의견."},
    {u"{s} 급등 중, 수급이 아주 좋네요", u"오늘 {c} % 상승. 호재가 이어지고 있습니다."},
    {u"{s} 목표가 상향, 기대됩니다", u"좋은 실적에 성장까지. 저평가 상태라고 봅니다."},
    {u"{p}원에 {s} 추가 매수 완료. 최고의 선택", u""},
    {u"{s} 신고가 돌파, 축하합니다", u"역대 최고 이익에 배당도 훌륭합니다."},
};

constexpr DemoPhrase demoNegativeKorean[] = {
    {u"{s} 실적 쇼크, 최악이네요", u"매출도 이익도 나쁩니다. 실망해서 전부 손절했습니다."},
    {u"{s} 급락, 악재만 계속 나옵니다", u"오늘 {c} % 하락. 공포 그 자체입니다."},
    {u"{s} 목표가 하향, 위험해 보입니다", u"적자가 늘어나고 있습니다. 고평가라고 봅니다."},
    {u"{p}원에 {s} 매도. 손실이 너무 큽니다", u""},
    {u"{s} 또 폭락, 망했습니다", u"우려가 현실이 됐습니다."},
};

constexpr DemoPhrase demoNeutralKorean[] = {
    {u"{s} 오늘 종가 {p}원", u""},
    {u"{s} 실적 발표일이 언제인가요?", u"공시를 찾지 못했습니다."},
    {u"{s} 주주총회 다음 달에 열립니다", u""},
    {u"{s} 어떻게 보시나요?", u"지난 분기와 같은 구간에 있습니다."},
};

} // namespace

std::span<const DemoPhrase> demoPhrases(DemoMood mood, bool korean)
{
    switch (mood) {
    case DemoMood::Positive:
        return korean ? std::span<const DemoPhrase>(demoPositiveKorean) : std::span<const DemoPhrase>(demoPositive);
    case DemoMood::Negative:
        return korean ? std::span<const DemoPhrase>(demoNegativeKorean) : std::span<const DemoPhrase>(demoNegative);
    case DemoMood::Neutral: break;
    }
    return korean ? std::span<const DemoPhrase>(demoNeutralKorean) : std::span<const DemoPhrase>(demoNeutral);
}

} // namespace insitecache
