<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>Blast</name>
    <message>
        <source>%1, %2 of what is left</source>
        <comment>calls of a provider, percent</comment>
        <translation>%1, 남은 한도의 %2</translation>
    </message>
    <message>
        <source>no API call to refill</source>
        <translation>다시 채울 때 API 호출 없음</translation>
    </message>
    <message numerus="yes">
        <source>refill ≈ %n API call(s)</source>
        <translation>
            <numerusform>다시 채우려면 API 약 %n회</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>키 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source> · at least: not all dependencies were read</source>
        <translation> · 최소값: 의존 관계를 모두 읽지 못함</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>%1 %2</source>
        <comment>tier, then present or absent</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>%1: %2 stored, %3 of value</source>
        <comment>tier, bytes, bytes</comment>
        <translation>%1: 저장 %2, 값 %3</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>계층</translation>
    </message>
    <message>
        <source>TTL left</source>
        <translation>TTL 남음</translation>
    </message>
    <message>
        <source>Expires at</source>
        <translation>만료 시각</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>적중</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>quote</source>
        <translation>시세</translation>
    </message>
    <message>
        <source>search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>sentiment</source>
        <translation>심리</translation>
    </message>
    <message>
        <source>trending</source>
        <translation>트렌드</translation>
    </message>
    <message>
        <source>history</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>user</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>%1, the next hit refreshes</source>
        <comment>time left</comment>
        <translation>%1, 다음 적중 때 미리 갱신</translation>
    </message>
    <message>
        <source>made from %1, dependents %2</source>
        <comment>numbers of keys</comment>
        <translation>상위 %1개, 하위 %2개</translation>
    </message>
    <message>
        <source>dependencies not known</source>
        <translation>의존 관계를 모름</translation>
    </message>
    <message>
        <source>Deps</source>
        <comment>made from / dependents</comment>
        <translation>상위 / 하위</translation>
    </message>
</context>
<context>
    <name>EntryFilter</name>
    <message>
        <source>The pattern %1 cannot be read: %2</source>
        <translation>패턴을 읽을 수 없음: %1 — %2</translation>
    </message>
    <message>
        <source>type: needs a type, for example type:stock</source>
        <translation>type: 뒤에 유형이 필요합니다. 예: type:stock</translation>
    </message>
    <message>
        <source>%1 is not a type of key: types are lower-case words</source>
        <translation>키의 유형이 아님: %1. 유형은 소문자 단어입니다</translation>
    </message>
    <message>
        <source>level: takes L1, L2 or L3, with ! for “not there”; not %1</source>
        <translation>level: 뒤에는 L1, L2, L3만 올 수 있고 !는 “없음”입니다. 잘못된 값: %1</translation>
    </message>
    <message>
        <source>ttl: takes a time such as &lt;30s, &gt;5m or &lt;2h; not %1</source>
        <translation>ttl: 뒤에는 &lt;30s, &gt;5m, &lt;2h 같은 시간이 옵니다. 잘못된 값: %1</translation>
    </message>
    <message>
        <source>hits: takes a number such as 0 or &gt;10; not %1</source>
        <translation>hits: 뒤에는 0, &gt;10 같은 숫자가 옵니다. 잘못된 값: %1</translation>
    </message>
    <message>
        <source>deps: takes a number of dependents such as 0 or &gt;5; not %1</source>
        <translation>deps:에는 0 또는 &gt;5처럼 하위 키의 수를 씁니다. 쓸 수 없음: %1</translation>
    </message>
</context>
<context>
    <name>EntryState</name>
    <message>
        <source>present</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>expired, still held</source>
        <translation>만료됐지만 보관 중</translation>
    </message>
    <message>
        <source>another version</source>
        <translation>다른 버전</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>not used for this type</source>
        <translation>이 유형에는 쓰지 않음</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>연결할 수 없음</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>refresh due</source>
        <translation>갱신 예정</translation>
    </message>
    <message>
        <source>negative (404)</source>
        <translation>음성(404)</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>오래됨</translation>
    </message>
    <message>
        <source>mismatch</source>
        <translation>불일치</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no time to live: kept for ever</comment>
        <translation>없음</translation>
    </message>
    <message>
        <source>expired, waiting for removal</source>
        <translation>만료됨, 삭제 대기</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>%1, goal at most %2</source>
        <comment>measured, limit</comment>
        <translation>%1, 목표 %2 이하</translation>
    </message>
    <message>
        <source>%1, goal at least %2</source>
        <comment>measured, limit</comment>
        <translation>%1, 목표 %2 이상</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>알려진 원인 없음</translation>
    </message>
    <message>
        <source>%1 is down; the other tiers keep answering and it is tried again by itself. Cause: %2</source>
        <translation>%1 끊김. 다른 계층이 계속 응답하며 자동으로 다시 시도합니다. 원인: %2</translation>
    </message>
    <message>
        <source>%1 is degraded: it answers, but not as usual. Cause: %2</source>
        <translation>%1 성능 저하: 응답하지만 평소와 다릅니다. 원인: %2</translation>
    </message>
    <message>
        <source>%1 is back after %2.</source>
        <comment>tier or upstream, duration</comment>
        <translation>%1 복구됨, %2 만에.</translation>
    </message>
    <message>
        <source>Invalidation</source>
        <translation>무효화</translation>
    </message>
    <message>
        <source>Invalidation of many</source>
        <translation>여러 키 무효화</translation>
    </message>
    <message>
        <source>Scheduled invalidation</source>
        <translation>예약된 무효화</translation>
    </message>
    <message>
        <source>Invalidation by another process</source>
        <translation>다른 프로세스의 무효화</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Policy changed</source>
        <translation>정책 변경</translation>
    </message>
    <message>
        <source>Workload started</source>
        <translation>작업부하 시작</translation>
    </message>
    <message>
        <source>Workload stopped</source>
        <translation>작업부하 정지</translation>
    </message>
    <message>
        <source>Tier down</source>
        <translation>계층 끊김</translation>
    </message>
    <message>
        <source>Tier degraded</source>
        <translation>계층 성능 저하</translation>
    </message>
    <message>
        <source>Tier back</source>
        <translation>계층 복구</translation>
    </message>
    <message>
        <source>Rate limited</source>
        <translation>호출 한도 초과</translation>
    </message>
    <message>
        <source>Rate limit over</source>
        <translation>호출 한도 해제</translation>
    </message>
    <message>
        <source>Corrupt copies healed</source>
        <translation>손상된 사본 복구</translation>
    </message>
    <message>
        <source>Journal not written</source>
        <translation>저널 기록 실패</translation>
    </message>
    <message>
        <source>Event log not written</source>
        <translation>이벤트 로그 기록 실패</translation>
    </message>
    <message>
        <source>Events of others missed</source>
        <translation>다른 프로세스 이벤트 누락</translation>
    </message>
    <message>
        <source>Objective breached</source>
        <translation>목표 위반</translation>
    </message>
    <message>
        <source>Objective met again</source>
        <translation>목표 회복</translation>
    </message>
    <message>
        <source>Alert acknowledged</source>
        <translation>경보 확인됨</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>info</source>
        <comment>severity</comment>
        <translation>정보</translation>
    </message>
    <message>
        <source>warning</source>
        <comment>severity</comment>
        <translation>경고</translation>
    </message>
    <message>
        <source>error</source>
        <comment>severity</comment>
        <translation>오류</translation>
    </message>
    <message>
        <source>by hand</source>
        <comment>cause</comment>
        <translation>수동</translation>
    </message>
    <message>
        <source>scheduled</source>
        <comment>cause</comment>
        <translation>예약</translation>
    </message>
    <message>
        <source>another process</source>
        <comment>cause</comment>
        <translation>다른 프로세스</translation>
    </message>
    <message>
        <source>policy</source>
        <comment>cause</comment>
        <translation>정책</translation>
    </message>
    <message>
        <source>by itself</source>
        <comment>cause</comment>
        <translation>자동</translation>
    </message>
    <message>
        <source>Hit ratio</source>
        <translation>적중률</translation>
    </message>
    <message>
        <source>Mean latency</source>
        <translation>평균 응답 시간</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>not asked before %1</source>
        <comment>time</comment>
        <translation>%1 전까지 요청 안 함</translation>
    </message>
    <message>
        <source>%1 refuses requests for now: %2; what is cached is still served.</source>
        <comment>upstream, until when</comment>
        <translation>%1 요청을 잠시 거부함: %2. 캐시된 값은 계속 제공됩니다.</translation>
    </message>
    <message>
        <source>Objective breached: %1 %2</source>
        <comment>name, measured</comment>
        <translation>목표 위반: %1 %2</translation>
    </message>
    <message>
        <source>Objective met again after %1: %2 %3</source>
        <comment>duration, name, measured</comment>
        <translation>%1 만에 목표 회복: %2 %3</translation>
    </message>
    <message>
        <source>What must survive a crash could not be written down; make room on that disk.</source>
        <translation>비정상 종료에도 남아야 할 내용을 기록하지 못했습니다. 디스크 공간을 확보하세요.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
<context>
    <name>Forecast</name>
    <message>
        <source>Capacity-bound</source>
        <translation>용량이 병목</translation>
    </message>
    <message>
        <source>TTL-bound</source>
        <translation>TTL이 병목</translation>
    </message>
    <message>
        <source>Neither room nor TTL holds L1 back</source>
        <translation>용량도 TTL도 L1의 병목이 아님</translation>
    </message>
    <message>
        <source>%1: %2 hits, %3 with twice the life, %4 with twice the room</source>
        <comment>verdict, then hit ratios</comment>
        <translation>%1: 적중률 %2, TTL 두 배면 %3, 용량 두 배면 %4</translation>
    </message>
    <message>
        <source>Hit ratio of L1, forecast from %1 sampled requests (one key in %2 is watched):</source>
        <translation>표본 요청 %1건으로 예측한 L1 적중률(키 %2개 중 하나를 관찰):</translation>
    </message>
    <message>
        <source>with other room: %1</source>
        <translation>용량을 바꾸면: %1</translation>
    </message>
    <message>
        <source>with other TTLs: %1</source>
        <translation>TTL을 바꾸면: %1</translation>
    </message>
    <message>
        <source>The sample hit %1 where L1 really hit %2.</source>
        <translation>표본의 적중률은 %1, 실제 L1은 %2입니다.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>Wrong input</source>
        <translation>잘못된 입력</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>연결할 수 없음</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>Rate limited</source>
        <translation>호출 한도 초과</translation>
    </message>
    <message>
        <source>Not authorized</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>Redirected elsewhere</source>
        <translation>다른 호스트로 이동됨</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>너무 큼</translation>
    </message>
    <message>
        <source>Corrupt data</source>
        <translation>손상된 데이터</translation>
    </message>
    <message>
        <source>Unexpected answer</source>
        <translation>예상하지 못한 응답</translation>
    </message>
    <message>
        <source>Upstream failed</source>
        <translation>외부 API 실패</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>File or database error</source>
        <translation>파일 또는 데이터베이스 오류</translation>
    </message>
    <message>
        <source>Not set up</source>
        <translation>설정되지 않음</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>Internal error</source>
        <translation>내부 오류</translation>
    </message>
    <message>
        <source>hit</source>
        <translation>적중</translation>
    </message>
    <message>
        <source>miss</source>
        <translation>미스</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>오래됨</translation>
    </message>
    <message>
        <source>negative (404)</source>
        <translation>음성(404)</translation>
    </message>
    <message>
        <source>corrupt</source>
        <translation>손상</translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation>우회</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>timeout</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>circuit open</source>
        <translation>회로 차단</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>0 ms</source>
        <translation>0 ms</translation>
    </message>
    <message>
        <source>&lt;0.01 ms</source>
        <translation>&lt;0.01 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds, abbreviated</comment>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 B</source>
        <comment>bytes, abbreviated</comment>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1d %2:%3</source>
        <comment>days, then hours:minutes</comment>
        <translation>%1일 %2:%3</translation>
    </message>
    <message>
        <source>expired</source>
        <comment>past its time to live</comment>
        <translation>만료됨</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1초 전</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1분 전</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1시간 전</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <comment>days</comment>
        <translation>%1일 전</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>cause, then detail</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>cold</source>
        <comment>why a tier missed</comment>
        <translation>처음 봄</translation>
    </message>
    <message>
        <source>expired</source>
        <comment>why a tier missed</comment>
        <translation>만료</translation>
    </message>
    <message>
        <source>evicted</source>
        <comment>why a tier missed</comment>
        <translation>축출</translation>
    </message>
    <message>
        <source>invalidated</source>
        <comment>why a tier missed</comment>
        <translation>무효화</translation>
    </message>
    <message>
        <source>known to be absent</source>
        <comment>why a tier missed</comment>
        <translation>없음으로 확인됨</translation>
    </message>
    <message>
        <source>corrupt</source>
        <comment>why a tier missed</comment>
        <translation>손상</translation>
    </message>
    <message>
        <source>tier down</source>
        <comment>why a tier missed</comment>
        <translation>계층 중단</translation>
    </message>
</context>
<context>
    <name>GraphNode</name>
    <message>
        <source>%1… others</source>
        <comment>beginning of keys</comment>
        <translation>%1… 나머지</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>of a group</comment>
        <translation>
            <numerusform>키 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>TTL %1</source>
        <comment>time left</comment>
        <translation>TTL %1</translation>
    </message>
    <message numerus="yes">
        <source>%n dependent(s)</source>
        <comment>direct ones</comment>
        <translation>
            <numerusform>하위 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Invalidation</name>
    <message numerus="yes">
        <source>Mark %n key(s) stale</source>
        <translation>
            <numerusform>%n개 키 오래됨 표시</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Invalidate %n key(s)</source>
        <translation>
            <numerusform>%n개 키 무효화</numerusform>
        </translation>
    </message>
    <message>
        <source>Requested %1 · marked stale %2 · verified %3</source>
        <translation>요청 %1 · 오래됨 표시 %2 · 확인 %3</translation>
    </message>
    <message>
        <source>Requested %1 · deleted %2 · verified %3</source>
        <translation>요청 %1 · 삭제 %2 · 확인 %3</translation>
    </message>
    <message>
        <source>%1 named</source>
        <comment>keys</comment>
        <translation>지정 %1</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <comment>distance from the named keys, how many keys</comment>
        <translation>%1단계 %2</translation>
    </message>
    <message>
        <source>further: %1</source>
        <comment>keys</comment>
        <translation>그 이상 %1</translation>
    </message>
    <message>
        <source>%1 restored</source>
        <comment>keys</comment>
        <translation>%1개 복원</translation>
    </message>
    <message>
        <source>%1 already newer</source>
        <comment>keys</comment>
        <translation>%1개는 이미 새 값</translation>
    </message>
    <message>
        <source>%1 expired meanwhile</source>
        <comment>keys</comment>
        <translation>%1개는 그동안 만료</translation>
    </message>
    <message>
        <source>%1 did not take its copies back: %2</source>
        <comment>tier, cause</comment>
        <translation>%1에 되돌려 놓지 못함: %2</translation>
    </message>
    <message>
        <source>Can be undone for 30 s</source>
        <translation>30초 동안 실행 취소 가능</translation>
    </message>
    <message>
        <source>▲ Cannot be undone: too much to keep</source>
        <translation>▲ 실행 취소 불가: 보관하기에 너무 많음</translation>
    </message>
    <message>
        <source>%1: not reached, so this is owed to it. It is repeated by itself until it is done, and until then these keys are not read there. Cause: %2</source>
        <comment>tier, cause</comment>
        <translation>%1: 닿지 못함. 이 작업은 밀린 일로 남아 끝날 때까지 저절로 되풀이되며, 그때까지 이 키들은 거기서 읽지 않습니다. 원인: %2</translation>
    </message>
</context>
<context>
    <name>InvalidationTarget</name>
    <message>
        <source>all keys</source>
        <translation>모든 키</translation>
    </message>
    <message>
        <source>all keys of the type %1</source>
        <translation>유형 %1의 모든 키</translation>
    </message>
    <message numerus="yes">
        <source>%n named key(s)</source>
        <translation>
            <numerusform>지정한 키 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and dependents</source>
        <comment>target</comment>
        <translation>%1 + 하위 의존 키</translation>
    </message>
</context>
<context>
    <name>KeyNotes</name>
    <message>
        <source>not cached</source>
        <translation>캐시에 없음</translation>
    </message>
    <message>
        <source>part of a cycle</source>
        <translation>순환의 일부</translation>
    </message>
    <message>
        <source>loaded before what it was made from</source>
        <translation>상위 키보다 먼저 읽음</translation>
    </message>
</context>
<context>
    <name>LookupPath</name>
    <message>
        <source>served %1 past its time</source>
        <comment>duration</comment>
        <translation>기한을 %1 넘겨 제공</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>refreshing in the background</source>
        <translation>뒤에서 갱신 중</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>응답 받음</translation>
    </message>
    <message>
        <source>not used for this type, or off</source>
        <translation>이 유형에는 쓰지 않거나 꺼져 있음</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>묻지 않음</translation>
    </message>
    <message>
        <source>Stored in %1</source>
        <comment>tiers</comment>
        <translation>저장: %1</translation>
    </message>
    <message>
        <source>Total %1</source>
        <translation>합계 %1</translation>
    </message>
    <message>
        <source>joined another lookup of the same key</source>
        <translation>같은 키의 다른 조회와 함께 기다림</translation>
    </message>
</context>
<context>
    <name>Workload</name>
    <message>
        <source>Ordinary day</source>
        <translation>평상시</translation>
    </message>
    <message>
        <source>Market opens</source>
        <translation>개장 급증</translation>
    </message>
    <message>
        <source>Breaking news</source>
        <translation>급등 뉴스</translation>
    </message>
    <message>
        <source>Long tail</source>
        <translation>긴 꼬리</translation>
    </message>
</context>
<context>
    <name>insitecache::AnsweredByChart</name>
    <message>
        <source>Answered by (lookups/s)</source>
        <translation>응답 출처 (조회/초)</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>lookups a second</comment>
        <translation>%1/초</translation>
    </message>
    <message>
        <source>stale served</source>
        <translation>오래된 값 제공</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>No lookups yet.</source>
        <translation>아직 조회 없음.</translation>
    </message>
    <message>
        <source>Lookups a second, now: %1.</source>
        <translation>현재 초당 조회: %1.</translation>
    </message>
</context>
<context>
    <name>insitecache::BacklogChip</name>
    <message numerus="yes">
        <source>%n removal(s) not confirmed by a tier, the oldest %1 old. They are repeated by themselves; until then those keys are not read there.</source>
        <translation>
            <numerusform>계층이 확인하지 않은 삭제 %n건, 가장 오래된 것 %1 지남. 저절로 되풀이되며, 그때까지 그 키들은 거기서 읽지 않습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n write(s) on the way to L3, the oldest %1 old. The journal has them.</source>
        <translation>
            <numerusform>L3로 가는 중인 쓰기 %n건, 가장 오래된 것 %1 지남. 저널에 남아 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every tier has everything it was owed.</source>
        <translation>모든 계층에 밀린 일이 없습니다.</translation>
    </message>
    <message>
        <source>Owed to the tiers: %1</source>
        <translation>계층에 밀린 일: %1</translation>
    </message>
</context>
<context>
    <name>insitecache::BookmarkDialog</name>
    <message>
        <source>Set Bookmark</source>
        <translation>책갈피 남기기</translation>
    </message>
    <message>
        <source>Bookmark at %1; a note, which may be empty:</source>
        <translation>%1 시각의 책갈피. 메모(비워도 됨):</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>insitecache::ChurnChart</name>
    <message>
        <source>expire</source>
        <translation>만료</translation>
    </message>
    <message>
        <source>refresh</source>
        <translation>미리 갱신</translation>
    </message>
    <message>
        <source>invalidate</source>
        <translation>무효화</translation>
    </message>
    <message>
        <source>evict</source>
        <translation>축출</translation>
    </message>
    <message>
        <source>Churn (entries/s)</source>
        <translation>변화 (항목/초)</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>아직 없음.</translation>
    </message>
    <message>
        <source>Entries a second, now: %1.</source>
        <translation>현재 초당 항목: %1.</translation>
    </message>
    <message>
        <source>write</source>
        <translation>쓰기</translation>
    </message>
</context>
<context>
    <name>insitecache::ConfirmInvalidation</name>
    <message>
        <source>Invalidate</source>
        <translation>무효화</translation>
    </message>
    <message>
        <source>&amp;Type “%1” to go on:</source>
        <comment>the profile&apos;s name</comment>
        <translation>계속하려면 “%1” 입력(&amp;T):</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>프로필 이름</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>insitecache::DependenciesPage</name>
    <message>
        <source>Nothing depends on anything yet. Searches, sentiment and trending lists are made from quotes: look something up, or start the workload.</source>
        <translation>아직 의존 관계가 없습니다. 검색, 심리, 트렌드는 시세로 만들어집니다. 무엇이든 조회하거나 작업부하를 시작하세요.</translation>
    </message>
    <message>
        <source>Reading the dependencies…</source>
        <translation>의존 관계를 읽는 중…</translation>
    </message>
    <message>
        <source>There is no room to show more keys. Choose one and focus on it, or find it by name.</source>
        <translation>키를 더 보여 줄 자리가 없습니다. 키를 골라 주변만 보거나 이름으로 찾으세요.</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) of this group: </source>
        <translation>
            <numerusform>이 묶음의 키 %n개: </numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing depends on %1 any more, and it depends on nothing.</source>
        <translation>이제 의존 관계가 없는 키: %1</translation>
    </message>
    <message>
        <source>Point at a key to see what falls with it. Click keeps it, Del asks before it invalidates.</source>
        <translation>키를 가리키면 함께 무효가 되는 키가 보입니다. 클릭하면 고정하고, Del은 무효화하기 전에 묻습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>in the graph</comment>
        <translation>
            <numerusform>키 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dependency(s)</source>
        <translation>
            <numerusform>의존 관계 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>묶음 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>≠ %n loaded before what it was made from</source>
        <translation>
            <numerusform>≠ 상위 키보다 먼저 읽은 키 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>read %1</source>
        <comment>how long ago</comment>
        <translation>읽음 %1</translation>
    </message>
    <message>
        <source>The dependencies cannot be read: %1</source>
        <comment>cause</comment>
        <translation>의존 관계를 읽을 수 없음: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n cycle(s): keys that depend on themselves by way of others</source>
        <translation>
            <numerusform>순환 의존 %n개: 다른 키를 거쳐 자기 자신에게 의존하는 키</numerusform>
        </translation>
    </message>
    <message>
        <source>There are more dependencies than can be shown: only the first %1 were read.</source>
        <translation>의존 관계가 너무 많아 처음 %1개만 읽었습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <comment>tier, cause</comment>
        <translation>%1 읽을 수 없음: %2</translation>
    </message>
    <message>
        <source>&amp;Show its keys</source>
        <translation>키 보기(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Focus on it</source>
        <translation>주변만 보기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Look up</source>
        <translation>조회(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Invalidate…</source>
        <translation>무효화(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Copy key</source>
        <translation>키 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Dependencies</source>
        <translation>의존 관계</translation>
    </message>
    <message>
        <source>Graph of dependencies</source>
        <translation>의존 관계 그래프</translation>
    </message>
    <message>
        <source>Dependencies as a list</source>
        <translation>의존 관계 목록</translation>
    </message>
</context>
<context>
    <name>insitecache::DependencyTree</name>
    <message>
        <source>Dependents</source>
        <translation>하위</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>상위</translation>
    </message>
    <message>
        <source>What is no longer right when the key changes</source>
        <translation>이 키가 바뀌면 무효가 되는 것</translation>
    </message>
    <message>
        <source>What the key was made from</source>
        <translation>이 키를 만든 것</translation>
    </message>
</context>
<context>
    <name>insitecache::DependencyTreeModel</name>
    <message>
        <source>leads back to a key above</source>
        <translation>위의 키로 되돌아감</translation>
    </message>
    <message>
        <source>Hop</source>
        <comment>how many edges away</comment>
        <translation>단계</translation>
    </message>
</context>
<context>
    <name>insitecache::DesktopNotifier</name>
    <message>
        <source>This desktop has no tray, so notifications may not be shown.</source>
        <translation>이 데스크톱에는 트레이가 없어 알림이 보이지 않을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>insitecache::DueChooser</name>
    <message>
        <source>%1 has passed today</source>
        <translation>이미 지난 시각: 오늘 %1</translation>
    </message>
    <message numerus="yes">
        <source>Schedule in %n s</source>
        <translation>
            <numerusform>%n초 뒤로 예약</numerusform>
        </translation>
    </message>
    <message>
        <source>Schedule for %1</source>
        <translation>%1에 예약</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>In</source>
        <translation>잠시 뒤</translation>
    </message>
    <message>
        <source>At</source>
        <translation>정한 시각</translation>
    </message>
    <message>
        <source>When to invalidate</source>
        <translation>무효화할 시점</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation>초</translation>
    </message>
    <message>
        <source>Seconds from now</source>
        <translation>지금부터 몇 초 뒤</translation>
    </message>
    <message>
        <source>Time of today</source>
        <translation>오늘의 시각</translation>
    </message>
</context>
<context>
    <name>insitecache::EntriesPage</name>
    <message>
        <source>Entries</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Reading what the tiers hold…</source>
        <translation>계층의 내용을 읽는 중…</translation>
    </message>
    <message>
        <source>Nothing matches this filter.</source>
        <translation>이 필터와 일치하는 항목이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is cached yet. Look something up, or start the workload.</source>
        <translation>아직 캐시된 항목이 없습니다. 조회하거나 작업부하를 시작하세요.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <comment>tier, cause</comment>
        <translation>%1 읽을 수 없음: %2</translation>
    </message>
    <message>
        <source>There are at least %1 more entries. Narrow the filter to see them.</source>
        <translation>항목이 적어도 %1개 더 있습니다. 필터를 좁히면 보입니다.</translation>
    </message>
    <message numerus="yes">
        <source>Show %n new key(s)</source>
        <translation>
            <numerusform>새 키 %n개 보기</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>약 %1</translation>
    </message>
    <message>
        <source>%1 of %2 keys · read %3</source>
        <comment>shown, all, how long ago</comment>
        <translation>키 %1 / %2 · 읽음 %3</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n개 선택</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter the entries</source>
        <translation>항목 필터</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>새로 고침</translation>
    </message>
    <message>
        <source>Read the tiers again and sort (F5)</source>
        <translation>계층을 다시 읽고 정렬 (F5)</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>정렬 새로고침</translation>
    </message>
    <message>
        <source>Values have changed since the rows were sorted</source>
        <translation>정렬한 뒤 값이 바뀌었습니다</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Selected entry</source>
        <translation>선택한 항목</translation>
    </message>
    <message>
        <source>Filt&amp;er:</source>
        <translation>필터(&amp;E):</translation>
    </message>
    <message>
        <source>text, stock:*, type:search, level:!L1, ttl:&lt;30s, deps:&gt;5</source>
        <translation>텍스트, stock:*, type:search, level:!L1, ttl:&lt;30s, deps:&gt;5</translation>
    </message>
    <message>
        <source>Words are looked for in the key; * and ? make a pattern of the whole key.
type:stock  level:L1  level:!L1  ttl:&lt;30s  hits:&gt;10  deps:&gt;5  &quot;quoted text&quot;</source>
        <translation>단어는 키 안에서 찾고, * 와 ? 를 쓰면 키 전체에 대한 패턴이 됩니다.
type:stock  level:L1  level:!L1  ttl:&lt;30s  hits:&gt;10  deps:&gt;5  &quot;따옴표 안의 텍스트&quot;</translation>
    </message>
</context>
<context>
    <name>insitecache::EntriesView</name>
    <message>
        <source>&amp;Look up</source>
        <translation>조회(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Invalidate…</source>
        <translation>무효화(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Copy key</source>
        <translation>키 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Copy row as &amp;JSON</source>
        <translation>행을 JSON으로 복사(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Dependencies</source>
        <translation>의존 관계(&amp;D)</translation>
    </message>
</context>
<context>
    <name>insitecache::EntryInspector</name>
    <message>
        <source>Select a row to see what each tier has of it.</source>
        <translation>행을 선택하면 각 계층이 가진 내용이 보입니다.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>%1 · %2 · fetched %3 · hits %4</source>
        <comment>source, state, how long ago, number</comment>
        <translation>%1 · %2 · 가져온 시각 %3 · 적중 %4</translation>
    </message>
    <message>
        <source>source %1</source>
        <translation>출처 %1</translation>
    </message>
    <message>
        <source>Looking at an entry reads nothing. “Show value” is a real lookup: it counts, and it may ask the source when the entry has expired.</source>
        <translation>항목을 보는 것만으로는 아무것도 읽지 않습니다. “값 표시”는 실제 조회라서 집계되며, 만료된 항목이면 외부 API를 호출할 수 있습니다.</translation>
    </message>
    <message>
        <source>Looking up…</source>
        <translation>조회 중…</translation>
    </message>
    <message>
        <source>There is no value.</source>
        <translation>값이 없습니다.</translation>
    </message>
    <message>
        <source>What each tier has</source>
        <translation>각 계층의 내용</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>계층</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>TTL left</source>
        <translation>TTL 남음</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>저장 크기</translation>
    </message>
    <message>
        <source>Looks the key up; this counts as a lookup</source>
        <translation>키를 조회합니다. 조회로 집계됩니다</translation>
    </message>
    <message>
        <source>&amp;Look up</source>
        <translation>조회(&amp;L)</translation>
    </message>
    <message>
        <source>Open on the Lookups page, with the path it takes</source>
        <translation>조회 페이지에서 경로와 함께 열기</translation>
    </message>
    <message>
        <source>&amp;Invalidate…</source>
        <translation>무효화(&amp;I)…</translation>
    </message>
    <message>
        <source>Show val&amp;ue</source>
        <translation>값 표시(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Dependencies</source>
        <translation>의존 관계(&amp;D)</translation>
    </message>
    <message>
        <source>What it was made from, and what would fall with it</source>
        <translation>이 키를 만든 것과 함께 무효가 되는 것</translation>
    </message>
</context>
<context>
    <name>insitecache::EventChips</name>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>경고</translation>
    </message>
    <message>
        <source>Invalidations</source>
        <translation>무효화</translation>
    </message>
    <message>
        <source>Tiers and APIs</source>
        <translation>계층과 API</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>Only %1</source>
        <comment>a kind of events</comment>
        <translation>%1만</translation>
    </message>
</context>
<context>
    <name>insitecache::EventsModel</name>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>심각도</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>Tiers</source>
        <translation>계층</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>원인</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>걸린 시간</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>번호</translation>
    </message>
</context>
<context>
    <name>insitecache::EventsPage</name>
    <message>
        <source>No event matches the filter.</source>
        <translation>필터와 일치하는 이벤트가 없습니다.</translation>
    </message>
    <message>
        <source>Nothing has happened yet: invalidate something, or set a bookmark with Ctrl+B.</source>
        <translation>아직 이벤트가 없습니다. 무효화하거나 Ctrl+B로 책갈피를 남기세요.</translation>
    </message>
    <message>
        <source>%1 of %2 events</source>
        <comment>shown, all</comment>
        <translation>이벤트 %2개 중 %1개</translation>
    </message>
    <message>
        <source>all of them in %1</source>
        <comment>file</comment>
        <translation>전체 기록: %1</translation>
    </message>
    <message>
        <source>Acknowledged until it is over: %1</source>
        <comment>target</comment>
        <translation>끝날 때까지 확인됨: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) copied as JSON lines</source>
        <translation>
            <numerusform>이벤트 %n개를 JSON 줄로 복사함</numerusform>
        </translation>
    </message>
    <message>
        <source>Export Events</source>
        <translation>이벤트 내보내기</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 줄 (*.jsonl)</translation>
    </message>
    <message>
        <source>CSV for spreadsheets (*.csv)</source>
        <translation>스프레드시트용 CSV (*.csv)</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) written to %1</source>
        <translation>
            <numerusform>이벤트 %n개를 저장함: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The events could not be written to %1 (%2); choose a folder that can be written to.</source>
        <translation>이벤트를 저장하지 못했습니다: %1 (%2). 쓸 수 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Find in events: words of a key, a reason, an error</source>
        <translation>이벤트 찾기: 키, 사유, 오류의 낱말</translation>
    </message>
    <message>
        <source>Find in events</source>
        <translation>이벤트 찾기</translation>
    </message>
    <message>
        <source>Events, the newest at the end</source>
        <translation>이벤트, 최신이 맨 끝</translation>
    </message>
    <message>
        <source>The chosen event as it was written down</source>
        <translation>선택한 이벤트의 원본 기록</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 표시</translation>
    </message>
    <message>
        <source>&amp;Acknowledge</source>
        <translation>확인(&amp;A)</translation>
    </message>
    <message>
        <source>Nothing more is said of this alert until it is over</source>
        <translation>끝날 때까지 이 경보를 더 알리지 않습니다</translation>
    </message>
    <message>
        <source>Show on &amp;charts</source>
        <translation>차트에서 보기(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>복사(&amp;O)</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>내보내기(&amp;X)…</translation>
    </message>
    <message>
        <source>The chosen events, or all that are shown, as JSON lines or CSV (Ctrl+Shift+E)</source>
        <translation>선택한 이벤트 또는 표시된 전체를 JSON 줄이나 CSV로 (Ctrl+Shift+E)</translation>
    </message>
</context>
<context>
    <name>insitecache::FollowView</name>
    <message numerus="yes">
        <source>↓ %n new event(s)</source>
        <translation>
            <numerusform>↓ 새 이벤트 %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insitecache::GraphBar</name>
    <message>
        <source>%1 of %2</source>
        <comment>which match, how many</comment>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>&amp;Hops: %1</source>
        <translation>단계(&amp;H): %1</translation>
    </message>
    <message>
        <source>Hops around the chosen key</source>
        <translation>고른 키에서 몇 단계까지</translation>
    </message>
    <message>
        <source>Fi&amp;nd:</source>
        <translation>찾기(&amp;N):</translation>
    </message>
    <message>
        <source>part of a key</source>
        <translation>키의 일부</translation>
    </message>
    <message>
        <source>Find a key in the graph</source>
        <translation>그래프에서 키 찾기</translation>
    </message>
    <message>
        <source>Enter goes to the next match (Ctrl+F)</source>
        <translation>Enter를 누르면 다음 키로 갑니다 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Focu&amp;s</source>
        <translation>주변만(&amp;S)</translation>
    </message>
    <message>
        <source>Show only what is near the chosen key (Enter)</source>
        <translation>고른 키 주변만 보기 (Enter)</translation>
    </message>
    <message>
        <source>U&amp;pstream</source>
        <translation>상위(&amp;P)</translation>
    </message>
    <message>
        <source>Also mark what a key was made from</source>
        <translation>키를 만든 상위 키도 표시</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>작게 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>크게 (+)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Show all of it (0)</source>
        <translation>전체 보기 (0)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Save the picture, or the whole graph as DOT or JSON</source>
        <translation>그림을 저장하거나 그래프 전체를 DOT 또는 JSON으로 저장</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
</context>
<context>
    <name>insitecache::GraphWriter</name>
    <message>
        <source>Export the Graph as %1</source>
        <translation>그래프를 %1 형식으로 내보내기</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>저장됨: %1</translation>
    </message>
    <message>
        <source>The graph could not be written to %1: %2. Choose a folder that can be written to.</source>
        <comment>file, cause</comment>
        <translation>그래프를 쓸 수 없음: %1 (%2). 쓸 수 있는 폴더를 고르세요.</translation>
    </message>
</context>
<context>
    <name>insitecache::HistoryView</name>
    <message>
        <source>Nothing has been invalidated from this window yet.</source>
        <translation>이 창에서 무효화한 것이 아직 없습니다.</translation>
    </message>
    <message>
        <source>Earlier invalidations, the newest first</source>
        <translation>이전 무효화, 최근 것부터</translation>
    </message>
    <message>
        <source>Fill A&amp;gain</source>
        <translation>다시 채우기(&amp;G)</translation>
    </message>
    <message>
        <source>Puts the chosen one back into the form; nothing is invalidated</source>
        <translation>고른 것을 입력란에 다시 넣습니다. 무효화하지는 않습니다</translation>
    </message>
</context>
<context>
    <name>insitecache::HitRatioChart</name>
    <message>
        <source>goal ≥ 80%</source>
        <translation>목표 ≥ 80%</translation>
    </message>
    <message>
        <source>Hit ratio (%)</source>
        <translation>적중률 (%)</translation>
    </message>
    <message>
        <source>%1 (few samples: %2)</source>
        <translation>%1 (표본 부족: %2)</translation>
    </message>
    <message>
        <source>overall</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>No lookups yet.</source>
        <translation>아직 조회 없음.</translation>
    </message>
    <message>
        <source>Overall now %1, lowest %2, highest %3, goal 80%.</source>
        <translation>전체 현재 %1, 최저 %2, 최고 %3, 목표 80%.</translation>
    </message>
</context>
<context>
    <name>insitecache::InlineMessage</name>
    <message>
        <source>Close this message</source>
        <translation>이 메시지 닫기</translation>
    </message>
</context>
<context>
    <name>insitecache::InvalidationForm</name>
    <message>
        <source>A type is one lower-case word, such as stock</source>
        <translation>유형은 stock처럼 소문자 한 단어입니다</translation>
    </message>
    <message>
        <source>Choose at least one level</source>
        <translation>계층을 하나 이상 고르세요</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Pattern</source>
        <translation>패턴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>유형(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>전체(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Selection of %n key(s)</source>
        <translation>
            <numerusform>선택한 키 %n개(&amp;S)</numerusform>
        </translation>
    </message>
    <message>
        <source>Key to invalidate</source>
        <translation>무효화할 키</translation>
    </message>
    <message>
        <source>Pattern of the keys to invalidate</source>
        <translation>무효화할 키의 패턴</translation>
    </message>
    <message>
        <source>* any characters, ? one character, [abc] one of these; \ before a character means itself</source>
        <translation>* 임의의 문자열, ? 한 글자, [abc] 이 중 한 글자; 문자 앞의 \ 는 그 문자 자체</translation>
    </message>
    <message>
        <source>Type to invalidate</source>
        <translation>무효화할 유형</translation>
    </message>
    <message>
        <source>Every entry at the chosen levels</source>
        <translation>고른 계층의 모든 항목</translation>
    </message>
    <message>
        <source>The keys that were selected in the table</source>
        <translation>표에서 선택한 키</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>The next lookup goes to the source</source>
        <translation>다음 조회는 외부 API로 갑니다</translation>
    </message>
    <message>
        <source>&amp;Mark stale, then refresh</source>
        <translation>오래됨 표시 후 갱신(&amp;M)</translation>
    </message>
    <message>
        <source>The old value is served meanwhile only if the source fails</source>
        <translation>그동안 이전 값은 외부 API가 실패할 때만 제공됩니다</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>사유(&amp;R):</translation>
    </message>
    <message>
        <source>for the log, may be empty</source>
        <translation>기록용, 비워도 됩니다</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>I&amp;nclude dependents</source>
        <translation>하위 의존 키 포함(&amp;N)</translation>
    </message>
    <message>
        <source>Also everything that was made from these keys, however indirectly</source>
        <translation>이 키로 만들어진 것을 간접적인 것까지 모두 포함합니다</translation>
    </message>
    <message>
        <source>Levels:</source>
        <translation>계층:</translation>
    </message>
    <message>
        <source>Method:</source>
        <translation>방식:</translation>
    </message>
    <message>
        <source>When:</source>
        <translation>시점:</translation>
    </message>
</context>
<context>
    <name>insitecache::InvalidationOrder</name>
    <message>
        <source>An upstream allows fewer calls now than loading all of this again may take.</source>
        <translation>모두 다시 불러오는 데 필요할 수 있는 호출 수가 외부 API에 지금 남은 한도보다 많습니다.</translation>
    </message>
    <message>
        <source>This is a large part of the cache.</source>
        <translation>캐시의 큰 부분입니다.</translation>
    </message>
    <message>
        <source>This profile is live: what goes has to be loaded from the real upstreams.</source>
        <translation>실제 프로필입니다. 지운 것은 실제 외부 API에서 다시 불러와야 합니다.</translation>
    </message>
    <message>
        <source>There were %1 keys in the preview, and there are %2 now.</source>
        <translation>미리보기에서는 키가 %1개였고 지금은 %2개입니다.</translation>
    </message>
    <message>
        <source>Target: %1</source>
        <translation>대상: %1</translation>
    </message>
    <message numerus="yes">
        <source>Loading all of it again takes up to %n call(s).</source>
        <translation>
            <numerusform>모두 다시 불러오려면 호출이 최대 %n회 필요합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The scarcest upstream allows %1 more now.</source>
        <comment>calls</comment>
        <translation>남은 한도가 가장 적은 외부 API는 지금 %1회 더 허용합니다.</translation>
    </message>
</context>
<context>
    <name>insitecache::InvalidationPanel</name>
    <message>
        <source>Invalidation</source>
        <translation>무효화</translation>
    </message>
    <message>
        <source>Invalidate</source>
        <translation>무효화</translation>
    </message>
    <message>
        <source>Invalidated %1: %2</source>
        <comment>target, outcome</comment>
        <translation>무효화 대상 %1: %2</translation>
    </message>
    <message>
        <source>Invalidating…</source>
        <translation>무효화하는 중…</translation>
    </message>
    <message>
        <source>No key to invalidate</source>
        <translation>무효화할 키 없음</translation>
    </message>
    <message>
        <source>This profile is read-only: nothing can be invalidated. Start without --read-only to change that.</source>
        <translation>읽기 전용 프로필이라 무효화할 수 없습니다. 바꾸려면 --read-only 없이 시작하세요.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새 무효화</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Scheduled for %1: %2</source>
        <comment>time, target</comment>
        <translation>%1에 예약됨: %2</translation>
    </message>
    <message>
        <source>Scheduled (%1)</source>
        <translation>예약 (%1)</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>예약</translation>
    </message>
</context>
<context>
    <name>insitecache::LatencyChart</name>
    <message>
        <source>goal: mean ≤ 50 ms</source>
        <translation>목표: 평균 ≤ 50 ms</translation>
    </message>
    <message>
        <source>Latency (ms)</source>
        <translation>응답 시간 (ms)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>no lookups in this interval</source>
        <translation>이 구간에 조회 없음</translation>
    </message>
    <message>
        <source>mean %1 · p50 %2 · p95 %3 · p99 %4 · %5 lookups</source>
        <translation>평균 %1 · p50 %2 · p95 %3 · p99 %4 · 조회 %5회</translation>
    </message>
    <message>
        <source>No lookups in the last minute.</source>
        <translation>최근 1분간 조회 없음.</translation>
    </message>
    <message>
        <source>Last minute: mean %1, 95th percentile %2, goal 50 ms on the mean.</source>
        <translation>최근 1분: 평균 %1, 95백분위 %2, 평균 목표 50 ms.</translation>
    </message>
</context>
<context>
    <name>insitecache::LegendRow</name>
    <message>
        <source>Legend</source>
        <translation>범례</translation>
    </message>
    <message>
        <source>Overall</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>L1 memory</source>
        <translation>L1 메모리</translation>
    </message>
    <message>
        <source>Stale served</source>
        <translation>오래된 값 제공</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오류</translation>
    </message>
</context>
<context>
    <name>insitecache::LookupHistory</name>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
</context>
<context>
    <name>insitecache::LookupsPage</name>
    <message>
        <source>Lookups</source>
        <translation>조회</translation>
    </message>
    <message>
        <source>name of a company, for example samsung</source>
        <translation>회사 이름, 예: 삼성전자</translation>
    </message>
    <message>
        <source>region, for example US or KR</source>
        <translation>지역, 예: US 또는 KR</translation>
    </message>
    <message>
        <source>whole key, for example history:AAPL:1mo:1d or user:1</source>
        <translation>전체 키, 예: history:AAPL:1mo:1d 또는 user:1</translation>
    </message>
    <message>
        <source>symbol or name, for example AAPL or 005930.KS</source>
        <translation>종목 코드나 이름, 예: AAPL 또는 삼성전자</translation>
    </message>
    <message>
        <source>nothing was typed</source>
        <translation>입력한 내용이 없습니다</translation>
    </message>
    <message>
        <source>The lookup was cancelled because the cache is shutting down.</source>
        <translation>캐시가 종료되는 중이라 조회가 취소되었습니다.</translation>
    </message>
    <message>
        <source>There is no value to show.</source>
        <translation>보여 줄 값이 없습니다.</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>시세</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Sentiment</source>
        <translation>심리</translation>
    </message>
    <message>
        <source>Trending</source>
        <translation>트렌드</translation>
    </message>
    <message>
        <source>Any key</source>
        <translation>모든 키</translation>
    </message>
    <message>
        <source>What to look up</source>
        <translation>조회할 대상</translation>
    </message>
    <message>
        <source>&amp;Look up:</source>
        <translation>조회(&amp;L):</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>조회</translation>
    </message>
    <message>
        <source>&amp;Bypass cache</source>
        <translation>캐시 우회(&amp;B)</translation>
    </message>
    <message>
        <source>Ask the source even if a tier has a fresh copy; the answer is stored</source>
        <translation>계층에 새 사본이 있어도 외부 API에 묻고, 답을 저장합니다</translation>
    </message>
    <message>
        <source>Allow &amp;stale</source>
        <translation>오래된 값 허용(&amp;S)</translation>
    </message>
    <message>
        <source>When the source fails, take an expired copy and say so</source>
        <translation>외부 API가 실패하면 만료된 사본을 쓰고 그렇다고 표시합니다</translation>
    </message>
    <message>
        <source>Previous lookups</source>
        <translation>이전 조회</translation>
    </message>
</context>
<context>
    <name>insitecache::MainToolBar</name>
    <message>
        <source>Workload %1/s</source>
        <translation>작업부하 %1/초</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>작업부하</translation>
    </message>
    <message>
        <source>Asked for %1 lookups a second, reached %2; %3 sent, %4 dropped because too many were under way.</source>
        <translation>요청 속도 초당 %1회, 실제 %2회. 보냄 %3, 진행 중이 너무 많아 버림 %4.</translation>
    </message>
    <message>
        <source>Start a synthetic stream of lookups (Ctrl+Shift+W)</source>
        <translation>합성 조회를 계속 보내기 시작 (Ctrl+Shift+W)</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Paused · %1 behind</source>
        <translation>일시정지 · %1 뒤</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1분</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5분</translation>
    </message>
    <message>
        <source>15 minutes</source>
        <translation>15분</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1시간</translation>
    </message>
    <message>
        <source>6 hours</source>
        <translation>6시간</translation>
    </message>
    <message>
        <source>How far back the charts show</source>
        <translation>차트에 보이는 기간</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>시간 범위</translation>
    </message>
    <message>
        <source>Look up: AAPL  (Ctrl+K)</source>
        <translation>조회: AAPL  (Ctrl+K)</translation>
    </message>
    <message>
        <source>A symbol such as AAPL or 005930.KS, or a key such as sentiment:TSLA</source>
        <translation>AAPL, 005930.KS 같은 종목 또는 sentiment:TSLA 같은 키</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>조회</translation>
    </message>
    <message>
        <source>Invalidate…</source>
        <translation>무효화…</translation>
    </message>
</context>
<context>
    <name>insitecache::MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Korean needs a font with Hangul, so this stays in English; install fonts-noto-cjk or fonts-nanum.</source>
        <translation>한국어에는 한글 글꼴이 필요하여 영어로 표시합니다. fonts-noto-cjk 또는 fonts-nanum을 설치하세요.</translation>
    </message>
    <message>
        <source>Save Window as PNG</source>
        <translation>창을 PNG로 저장</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>저장됨: %1</translation>
    </message>
    <message>
        <source>The picture could not be written to %1; choose a folder that can be written to.</source>
        <translation>그림을 저장하지 못했습니다: %1. 쓸 수 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>About InsiteCache</source>
        <translation>InsiteCache 정보</translation>
    </message>
    <message>
        <source>One cache of three tiers between a stock service and its upstreams, and a window that shows it working.
Free software under the GNU General Public License, version 3 or later.
Uses Qt %1.</source>
        <translation>주식 서비스와 외부 API 사이에 놓인 3계층 캐시, 그리고 그 동작을 보여 주는 창.
GNU 일반 공중 사용 허가서 3판 이상을 따르는 자유 소프트웨어.
Qt %1 사용.</translation>
    </message>
    <message>
        <source>There is no page named “%1”.</source>
        <translation>이런 페이지는 없습니다: “%1”</translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n초 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Policies changed: %1</source>
        <comment>types</comment>
        <translation>정책이 바뀜: %1</translation>
    </message>
    <message>
        <source>The policies stay as they are. %1</source>
        <comment>cause</comment>
        <translation>정책은 그대로입니다. %1</translation>
    </message>
    <message>
        <source>The charts do not go back to %1.</source>
        <comment>time</comment>
        <translation>차트가 %1까지 거슬러 가지 않습니다.</translation>
    </message>
</context>
<context>
    <name>insitecache::MainWindowActions</name>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Save Window as PNG…</source>
        <translation>창을 PNG로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Pages</source>
        <translation>페이지(&amp;P)</translation>
    </message>
    <message>
        <source>Pa&amp;nels</source>
        <translation>패널(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>실시간(&amp;L)</translation>
    </message>
    <message>
        <source>Live or paused. Pausing stops drawing only, never the cache or the workload.</source>
        <translation>실시간 또는 일시정지. 일시정지는 그리기만 멈추며 캐시와 작업부하는 계속됩니다.</translation>
    </message>
    <message>
        <source>&amp;Refresh Now</source>
        <translation>지금 새로 고침(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Find or Filter</source>
        <translation>찾기 또는 필터(&amp;F)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Pane</source>
        <translation>다음 영역(&amp;X)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Pane</source>
        <translation>이전 영역(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>언어(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>시스템(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>Reset La&amp;yout</source>
        <translation>기본 배치로(&amp;Y)</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Cache</source>
        <translation>캐시(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Look Up…</source>
        <translation>조회(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Invalidate…</source>
        <translation>무효화(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Workload</source>
        <translation>작업부하(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Run Workload</source>
        <translation>작업부하 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About InsiteCache</source>
        <translation>InsiteCache 정보(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Undo Invalidation</source>
        <translation>무효화 실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Set &amp;Bookmark…</source>
        <translation>책갈피 남기기(&amp;B)…</translation>
    </message>
    <message>
        <source>Marks this moment, or where the time cursor is pinned, on the charts and in the events</source>
        <translation>지금 또는 고정한 시각을 차트와 이벤트에 표시합니다</translation>
    </message>
    <message>
        <source>&amp;Desktop Notifications</source>
        <translation>데스크톱 알림(&amp;D)</translation>
    </message>
    <message>
        <source>Tell of alerts through the desktop, and when they are over</source>
        <translation>경보와 그 종료를 데스크톱 알림으로 알립니다</translation>
    </message>
</context>
<context>
    <name>insitecache::MarkerFilter</name>
    <message numerus="yes">
        <source>Marks (%n hidden)</source>
        <comment>kinds</comment>
        <translation>
            <numerusform>표시 (%n종류 숨김)</numerusform>
        </translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Which marks the charts show. A click on one, or Enter where the time cursor is, opens what belongs to it.</source>
        <translation>차트에 보일 표시를 고릅니다. 표시를 클릭하거나 시간 커서 위치에서 Enter를 누르면 관련 내용을 엽니다.</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>모두 보기(&amp;A)</translation>
    </message>
</context>
<context>
    <name>insitecache::MatchesCard</name>
    <message>
        <source>Nothing matches “%1”. Try fewer letters, or the English name.</source>
        <translation>“%1” 검색 결과가 없습니다. 글자를 줄이거나 영어 이름으로 찾아 보세요.</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es) for “%1”. Enter looks one up.</source>
        <translation>
            <numerusform>“%1” 검색 결과 %n개. Enter로 조회합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Symbol</source>
        <translation>종목</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>거래소</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Nothing is trending in %1 right now.</source>
        <translation>지금 %1 지역의 트렌드가 없습니다.</translation>
    </message>
    <message>
        <source>Trending in %1. Enter looks one up.</source>
        <translation>%1 트렌드. Enter로 조회합니다.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>순위</translation>
    </message>
</context>
<context>
    <name>insitecache::MemoryChart</name>
    <message>
        <source>goal ≤ %1</source>
        <translation>목표 ≤ %1</translation>
    </message>
    <message>
        <source>Memory (MiB)</source>
        <translation>메모리 (MiB)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>L1 and L2 use %1.</source>
        <translation>L1과 L2 사용량: %1.</translation>
    </message>
</context>
<context>
    <name>insitecache::OutcomeView</name>
    <message>
        <source>Only in part: %1</source>
        <comment>outcome</comment>
        <translation>일부만 처리: %1</translation>
    </message>
    <message>
        <source>Result of the invalidation</source>
        <translation>무효화 결과</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Invalidate once more where it was not done</source>
        <translation>처리되지 않은 계층에서 한 번 더 무효화합니다</translation>
    </message>
    <message>
        <source>Target: all keys, because too many depend on %1 to name them</source>
        <comment>target</comment>
        <translation>대상: 모든 키 (의존하는 키가 너무 많아 하나하나 지정할 수 없음: %1)</translation>
    </message>
    <message>
        <source>Target: %1</source>
        <translation>대상: %1</translation>
    </message>
</context>
<context>
    <name>insitecache::OverviewPage</name>
    <message>
        <source>Point at a chart, or focus one and press ← →, to read its values; click pins, Esc releases.</source>
        <translation>차트를 가리키거나 초점을 두고 ← → 키를 누르면 값이 보입니다. 클릭하면 고정, Esc로 해제.</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Values at the time cursor</source>
        <translation>시간 커서 위치의 값</translation>
    </message>
    <message>
        <source>No lookups yet: look something up or start the workload.</source>
        <translation>아직 조회 없음 — 조회하거나 작업부하를 시작하세요.</translation>
    </message>
    <message>
        <source>Look up…</source>
        <translation>조회…</translation>
    </message>
    <message>
        <source>Start workload</source>
        <translation>작업부하 시작</translation>
    </message>
    <message>
        <source>L1 missed in the last minute: %1</source>
        <translation>최근 1분간 L1 미스: %1</translation>
    </message>
    <message>
        <source>All charts</source>
        <translation>모든 차트</translation>
    </message>
</context>
<context>
    <name>insitecache::PathView</name>
    <message>
        <source>Look something up to see the way it takes.</source>
        <translation>조회하면 어느 길로 왔는지 보입니다.</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>어디서 왔나</translation>
    </message>
    <message>
        <source>Cache-Status, as RFC 9211 writes it</source>
        <translation>RFC 9211 형식의 Cache-Status</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>복사(&amp;Y)</translation>
    </message>
    <message>
        <source>Copy the Cache-Status line</source>
        <translation>Cache-Status 줄 복사</translation>
    </message>
</context>
<context>
    <name>insitecache::PreviewView</name>
    <message>
        <source>✔ exact</source>
        <translation>✔ 정확</translation>
    </message>
    <message>
        <source>≈ estimate</source>
        <translation>≈ 추정</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>The first keys that would be hit</source>
        <translation>영향받는 키 앞부분</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>how many would be hit</comment>
        <translation>
            <numerusform>%n개 키</numerusform>
        </translation>
    </message>
    <message>
        <source>▲ %1 did not answer: %2</source>
        <comment>tier, cause</comment>
        <translation>▲ %1 응답 없음: %2</translation>
    </message>
    <message>
        <source>Name a target</source>
        <translation>대상을 정하세요</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>▲ Too many keys depend on it to name them: all keys would be taken</source>
        <translation>▲ 하위 의존 키가 너무 많아 하나씩 고를 수 없음: 모든 키가 대상이 됩니다</translation>
    </message>
    <message>
        <source>Target: %1</source>
        <translation>대상: %1</translation>
    </message>
</context>
<context>
    <name>insitecache::ProfileBadge</name>
    <message>
        <source>demo</source>
        <translation>모의</translation>
    </message>
    <message>
        <source>recordings</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>live</source>
        <translation>실제</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>Profile: %1</source>
        <translation>프로필: %1</translation>
    </message>
    <message>
        <source>A seeded market inside this program answers; nothing leaves this machine.</source>
        <translation>이 프로그램 안의 모의 시장이 응답합니다. 이 컴퓨터 밖으로 나가는 요청은 없습니다.</translation>
    </message>
    <message>
        <source>Recorded responses answer; nothing leaves this machine.</source>
        <translation>기록된 응답을 사용합니다. 이 컴퓨터 밖으로 나가는 요청은 없습니다.</translation>
    </message>
    <message>
        <source>The real upstreams are asked.</source>
        <translation>실제 외부 API를 호출합니다.</translation>
    </message>
</context>
<context>
    <name>insitecache::QuoteCard</name>
    <message>
        <source>no price</source>
        <translation>가격 없음</translation>
    </message>
    <message>
        <source>before the market opens</source>
        <translation>개장 전</translation>
    </message>
    <message>
        <source>market open</source>
        <translation>장중</translation>
    </message>
    <message>
        <source>after hours</source>
        <translation>시간 외</translation>
    </message>
    <message>
        <source>market closed</source>
        <translation>장 마감</translation>
    </message>
    <message>
        <source>previous close %1</source>
        <translation>전일 종가 %1</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>%1 기준</translation>
    </message>
    <message numerus="yes">
        <source>Delayed by %n minute(s), for information only. Source: %1</source>
        <translation>
            <numerusform>%n분 지연 시세, 정보 제공용. 출처: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>For information only. Source: %1</source>
        <translation>정보 제공용. 출처: %1</translation>
    </message>
</context>
<context>
    <name>insitecache::ResultCard</name>
    <message>
        <source>There is no answer, and no reason given.</source>
        <translation>응답이 없고 이유도 알려지지 않았습니다.</translation>
    </message>
    <message>
        <source>The value of %1 is shown below.</source>
        <translation>%1 값은 아래에 있습니다.</translation>
    </message>
    <message>
        <source>There is no %1. The source said so %2; this is believed for a short while, then asked again.
Check the spelling, or search for the name.</source>
        <translation>%1 없음. 외부 API가 %2 그렇게 답했고, 잠시 그대로 두었다가 다시 묻습니다.
철자를 확인하거나 이름으로 검색하세요.</translation>
    </message>
    <message>
        <source>◐ Stale, fetched %1: the source failed. %2</source>
        <comment>how long ago, cause</comment>
        <translation>◐ 오래된 값, %1 가져옴: 외부 API가 실패했습니다. %2</translation>
    </message>
    <message>
        <source>Looking up…</source>
        <translation>조회하는 중…</translation>
    </message>
    <message>
        <source>Type a symbol such as AAPL or 005930.KS, or the name of a company, and press Enter. Look it up a second time and it comes from L1.</source>
        <translation>AAPL이나 005930.KS 같은 종목 코드 또는 회사 이름을 입력하고 Enter를 누르세요. 한 번 더 조회하면 L1에서 옵니다.</translation>
    </message>
</context>
<context>
    <name>insitecache::ScheduledView</name>
    <message>
        <source>mark stale</source>
        <translation>오래됨 표시</translation>
    </message>
    <message>
        <source>due</source>
        <comment>now or any moment</comment>
        <translation>곧 실행</translation>
    </message>
    <message>
        <source>Nothing is scheduled.</source>
        <translation>예약된 것이 없습니다.</translation>
    </message>
    <message>
        <source>Cancelled: %1</source>
        <translation>예약 취소됨: %1</translation>
    </message>
    <message>
        <source>Too late, it has begun already: %1</source>
        <translation>이미 시작되어 취소할 수 없음: %1</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시점</translation>
    </message>
    <message>
        <source>What</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>By</source>
        <translation>예약자</translation>
    </message>
    <message>
        <source>Scheduled invalidations, the next one first</source>
        <translation>예약된 무효화, 가까운 것부터</translation>
    </message>
    <message>
        <source>Cancel This &amp;One</source>
        <translation>이 예약 취소(&amp;O)</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
</context>
<context>
    <name>insitecache::SentimentCard</name>
    <message>
        <source>What people say of %1, last %2</source>
        <comment>symbol, span</comment>
        <translation>%1 여론, 최근 %2</translation>
    </message>
    <message>
        <source>no posts</source>
        <translation>게시물 없음</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>긍정</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>부정</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>엇갈림</translation>
    </message>
    <message>
        <source>%1 posts: %2 positive, %3 neutral, %4 negative</source>
        <translation>게시물 %1개: 긍정 %2, 중립 %3, 부정 %4</translation>
    </message>
    <message>
        <source>%1: no posts</source>
        <translation>%1: 게시물 없음</translation>
    </message>
    <message>
        <source>%1: %2 from %3 posts</source>
        <translation>%1: 게시물 %3개에서 %2</translation>
    </message>
</context>
<context>
    <name>insitecache::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>insitecache::SloStrip</name>
    <message>
        <source>%1: not set up</source>
        <translation>%1: 설정되지 않음</translation>
    </message>
    <message>
        <source>%1: asks again in %2 %3</source>
        <translation>%1: %2 뒤 다시 시도 %3</translation>
    </message>
    <message>
        <source>%1: %2 requests</source>
        <translation>%1: 요청 %2회</translation>
    </message>
</context>
<context>
    <name>insitecache::SloTile</name>
    <message>
        <source>Hit ratio</source>
        <translation>적중률</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <comment>samples so far / samples needed</comment>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>≤ 50 ms</source>
        <translation>≤ 50 ms</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>breached</source>
        <translation>위반</translation>
    </message>
    <message>
        <source>too few samples</source>
        <translation>표본 부족</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>%1 of the %2 lookups that are needed to judge the last 60 seconds.</source>
        <translation>최근 60초를 판단하는 데 필요한 조회 %2회 중 %1회.</translation>
    </message>
    <message>
        <source>The system&apos;s memory size could not be read.</source>
        <translation>시스템 메모리 크기를 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>Clears after %1 good windows of 10 seconds; so far %2.</source>
        <translation>10초 창 %1개가 연속으로 정상이면 해제됩니다. 현재 %2개.</translation>
    </message>
    <message>
        <source>Breached after %1 bad windows of 10 seconds; so far %2.</source>
        <translation>10초 창 %1개가 연속으로 나쁘면 위반입니다. 현재 %2개.</translation>
    </message>
    <message>
        <source>L1 and L2 out of the system&apos;s memory, now.</source>
        <translation>현재 시스템 메모리 중 L1과 L2가 차지하는 비율.</translation>
    </message>
    <message>
        <source>Over the last 60 seconds, %1 lookups.</source>
        <translation>최근 60초, 조회 %1회.</translation>
    </message>
    <message>
        <source>%1: %2, goal %3, %4</source>
        <translation>%1: %2, 목표 %3, %4</translation>
    </message>
    <message>
        <source>Definition: lookups that L1, L2 or L3 answered, out of all of the last 60 seconds; judged every 10 seconds, from 50 lookups on.</source>
        <translation>정의: 최근 60초의 모든 조회 중 L1, L2, L3가 응답한 비율. 조회 50건부터 10초마다 판정합니다.</translation>
    </message>
    <message>
        <source>Definition: the mean time of all lookups of the last 60 seconds, upstream calls included; judged every 10 seconds, from 50 lookups on.</source>
        <translation>정의: 최근 60초 모든 조회의 평균 시간(외부 API 호출 포함). 조회 50건부터 10초마다 판정합니다.</translation>
    </message>
    <message>
        <source>Definition: what L1 and Redis hold, out of the memory that this machine has or this container may have, now; a breach clears below 27%.</source>
        <translation>정의: 현재 L1과 Redis가 쓰는 메모리를 이 컴퓨터(또는 컨테이너 한도)의 메모리로 나눈 값. 위반은 27% 아래에서 해제됩니다.</translation>
    </message>
</context>
<context>
    <name>insitecache::StatusLine</name>
    <message>
        <source>this app %1</source>
        <translation>이 앱 %1</translation>
    </message>
    <message>
        <source>refreshed just now</source>
        <translation>방금 갱신</translation>
    </message>
    <message>
        <source>refreshed %1</source>
        <translation>갱신 %1</translation>
    </message>
    <message>
        <source>Entries in each tier; ? while a tier cannot be asked</source>
        <translation>계층별 항목 수. 물어볼 수 없는 계층은 ?</translation>
    </message>
    <message>
        <source>Entries in each tier</source>
        <translation>계층별 항목 수</translation>
    </message>
    <message>
        <source>Resident memory of this program, its L1 included</source>
        <translation>이 프로그램이 쓰는 메모리(L1 포함)</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>확인됨</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>경보 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>alerts acknowledged</source>
        <translation>경보 확인됨</translation>
    </message>
</context>
<context>
    <name>insitecache::TierChip</name>
    <message>
        <source>✔ up</source>
        <translation>✔ 정상</translation>
    </message>
    <message>
        <source>▲ degraded</source>
        <translation>▲ 성능저하</translation>
    </message>
    <message>
        <source>✖ down</source>
        <translation>✖ 끊김</translation>
    </message>
    <message>
        <source>– off</source>
        <translation>– 꺼짐</translation>
    </message>
    <message>
        <source>? unknown</source>
        <translation>? 모름</translation>
    </message>
</context>
<context>
    <name>insitecache::TimeChart</name>
    <message>
        <source>%1 · %2 · no data</source>
        <translation>%1 · %2 · 데이터 없음</translation>
    </message>
</context>
<context>
    <name>insitecache::TypeChips</name>
    <message>
        <source>≥ %1</source>
        <comment>at least</comment>
        <translation>≥ %1</translation>
    </message>
    <message>
        <source>Only type %1, %2 entries</source>
        <translation>유형 %1만, 항목 %2개</translation>
    </message>
    <message>
        <source>Only type %1</source>
        <translation>유형 %1만</translation>
    </message>
</context>
<context>
    <name>insitecache::UndoBar</name>
    <message numerus="yes">
        <source>%1: %n key(s) can be restored</source>
        <comment>target</comment>
        <translation>
            <numerusform>%1: %n개 키 복원 가능</numerusform>
        </translation>
    </message>
    <message>
        <source>Puts back what is not newer meanwhile, with the expiry it had (Ctrl+Z)</source>
        <translation>그동안 새 값이 들어온 것을 빼고 원래 만료 시각 그대로 되돌립니다 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Undo (%1 s)</source>
        <translation>실행 취소 (%1초)</translation>
    </message>
</context>
<context>
    <name>insitecache::ValueTreeModel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <comment>of a list</comment>
        <translation>
            <numerusform>%n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
</context>
<context>
    <name>insitecache::ValueView</name>
    <message>
        <source>This value is not readable CBOR: %1</source>
        <translation>읽을 수 없는 CBOR 값: %1</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>트리</translation>
    </message>
    <message>
        <source>Raw JSON</source>
        <translation>원본 JSON</translation>
    </message>
    <message>
        <source>Value as a tree</source>
        <translation>트리로 본 값</translation>
    </message>
    <message>
        <source>Value as raw JSON</source>
        <translation>원본 JSON으로 본 값</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Personal values are hidden until you ask for them.</source>
        <translation>개인 값은 요청할 때까지 숨깁니다.</translation>
    </message>
    <message>
        <source>Show value</source>
        <translation>값 표시</translation>
    </message>
</context>
<context>
    <name>insitecache::WorkloadPanel</name>
    <message>
        <source>Workload</source>
        <translation>작업부하</translation>
    </message>
    <message>
        <source>The ten most popular keys get %1 of the lookups of a type</source>
        <translation>인기 키 10개가 유형별 조회의 %1 차지</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시정지(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>시작(&amp;S)</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>멈춰 있음</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>asked %1/s · achieved %2/s · sent %3 · dropped %4</source>
        <translation>요청 %1/초 · 실제 %2/초 · 보냄 %3 · 버림 %4</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>직접 설정</translation>
    </message>
    <message>
        <source>Pre&amp;set:</source>
        <translation>프리셋(&amp;S):</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>트래픽</translation>
    </message>
    <message>
        <source>&amp;Rate:</source>
        <translation>속도(&amp;R):</translation>
    </message>
    <message>
        <source>/s</source>
        <comment>lookups per second</comment>
        <translation>/초</translation>
    </message>
    <message>
        <source>S&amp;kew:</source>
        <translation>쏠림(&amp;K):</translation>
    </message>
    <message>
        <source>Ke&amp;ys:</source>
        <translation>키 수(&amp;Y):</translation>
    </message>
    <message>
        <source>I&amp;n flight:</source>
        <translation>동시(&amp;N):</translation>
    </message>
    <message>
        <source>See&amp;d:</source>
        <translation>시드(&amp;D):</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>구성</translation>
    </message>
    <message>
        <source>Lookups per second</source>
        <translation>초당 조회 수</translation>
    </message>
    <message>
        <source>Lookups per second, logarithmic</source>
        <translation>초당 조회 수, 로그 눈금</translation>
    </message>
    <message>
        <source>Zipf skew, 0 to 2</source>
        <translation>Zipf 쏠림, 0–2</translation>
    </message>
    <message>
        <source>Zipf&apos;s law: 0 makes all keys equally popular, 1 is usual, 2 is extreme</source>
        <translation>Zipf 법칙: 0은 모든 키가 똑같이 인기, 1은 보통, 2는 극단</translation>
    </message>
    <message>
        <source>Number of different keys</source>
        <translation>서로 다른 키의 수</translation>
    </message>
    <message>
        <source>Most unanswered lookups</source>
        <translation>응답을 기다리는 조회의 최대 수</translation>
    </message>
    <message>
        <source>What is due while so many are unanswered is dropped and counted</source>
        <translation>이만큼 기다리는 동안 차례가 온 조회는 버리고 셉니다</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>The same seed gives the same order of keys</source>
        <translation>같은 시드는 같은 순서의 키를 줍니다</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Share of type %1</source>
        <translation>유형 %1 비율</translation>
    </message>
</context>
</TS>
