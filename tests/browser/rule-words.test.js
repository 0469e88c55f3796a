import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_SHORT_NAME, ruleWords } from "../../addin/static/lib/rule-words.js";

const setting = { zone: "Europe/Berlin", now: new Date("2026-11-20T09:00:00Z") };

const SAID = {
  "FREQ=DAILY": "every day",
  "FREQ=DAILY;INTERVAL=2": "every second day",
  "FREQ=DAILY;INTERVAL=10;COUNT=5": "every 10 days, 5 times",
  "FREQ=WEEKLY;BYDAY=TU;WKST=MO": "every Tuesday",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO;UNTIL=20261218T090000Z": "every second Tuesday until 18 Dec",
  "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;WKST=MO": "every 3 weeks on Tuesday",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=SU": "every weekday",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;WKST=MO": "every day",
  "FREQ=WEEKLY;BYDAY=TH,MO,TU;WKST=MO": "every Monday, Tuesday and Thursday",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO": "every second week on Monday and Friday",
  "FREQ=MONTHLY;BYMONTHDAY=15": "monthly on the 15th",
  "FREQ=MONTHLY;BYMONTHDAY=22": "monthly on the 22nd",
  "FREQ=MONTHLY;BYMONTHDAY=11": "monthly on the 11th",
  "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1": "every 3 months on the 1st",
  "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1": "monthly on the 30th (the last day of shorter months)",
  "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1": "monthly on the last day",
  "FREQ=MONTHLY;BYMONTHDAY=-1": "monthly on the last day",
  "FREQ=MONTHLY;BYDAY=2TU": "monthly on the second Tuesday",
  "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12": "monthly on the last Friday, 12 times",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": "monthly on the last weekday",
  "FREQ=MONTHLY;INTERVAL=2;BYDAY=SA,SU;BYSETPOS=1": "every second month on the first weekend day",
  "FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=3": "monthly on the third Monday or Wednesday",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1": "yearly on 29 Feb (28 in other years)",
  "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=28,29,30,31;BYSETPOS=-1": "yearly on 30 Apr",
  "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=6": "every second year on 6 Dec",
  "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH": "yearly on the fourth Thursday of November",
  "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270105": "every Tuesday until 5 Jan 2027",
};

for (const [rule, words] of Object.entries(SAID)) {
  test(`${rule} is said as "${words}"`, () => {
    assert.equal(ruleWords(rule, setting), words);
  });
}

test("the last day is that of the mailbox's zone", () => {
  const rule = "FREQ=DAILY;UNTIL=20261217T233000Z";

  assert.equal(ruleWords(rule, setting), "every day until 18 Dec");
  assert.equal(ruleWords(rule, { ...setting, zone: "America/New_York" }), "every day until 17 Dec");
});

const WITHOUT_A_NAME = [
  "",
  "FREQ=HOURLY",
  "FREQ=WEEKLY",
  "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
  "FREQ=MONTHLY;BYMONTHDAY=1,15",
  "FREQ=MONTHLY;BYDAY=5MO",
  "FREQ=MONTHLY",
  "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
  "FREQ=DAILY;INTERVAL=often",
  "FREQ=DAILY;BYDAY=MO,TU",
];

for (const rule of WITHOUT_A_NAME) {
  test(`"${rule}" has no short name, and none is made up`, () => {
    assert.equal(ruleWords(rule, setting), NO_SHORT_NAME);
  });
}
