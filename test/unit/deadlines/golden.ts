import type { LimitUnit } from '../../../src/deadlines/limit.ts'

/**
 * Golden dates: received | limit | due | why. Wall-clock times of Asia/Ho_Chi_Minh, sample working hours
 * (07:30–11:30, 13:00–17:00), the shipped calendar. Weekdays are written for the reader and checked.
 */
export const golden = `
# working days, ordinary weeks
T2 2026-11-02 09:10 | 1 working-day | T3 2026-11-03 17:00 | the next working day
T2 2026-11-02 09:10 | 3 working-day | T5 2026-11-05 17:00 | three days inside one week
T2 2026-11-02 09:10 | 5 working-day | T2 2026-11-09 17:00 | the Monday of the next week: a weekend is skipped
T2 2026-11-02 09:10 | 7 working-day | T4 2026-11-11 17:00 | construction permit of a house (1.013225)
T2 2026-11-02 09:10 | 10 working-day | T2 2026-11-16 17:00 | construction permit of other works
T2 2026-11-02 09:10 | 15 working-day | T2 2026-11-23 17:00 | three weeks
T6 2026-11-06 16:59 | 1 working-day | T2 2026-11-09 17:00 | received on Friday: due on Monday
T6 2026-11-06 09:00 | 5 working-day | T6 2026-11-13 17:00 | five days from Friday end on the next Friday
T4 2026-11-11 10:00 | 17 working-day | T6 2026-12-04 17:00 | 1.009645: lies across the undecided 24 November, counted as worked
T3 2026-11-10 09:00 | 10 working-day | T3 2026-11-24 17:00 | ends on the undecided 24 November
T2 2026-11-23 09:00 | 1 working-day | T3 2026-11-24 17:00 | the whole limit is the undecided day
# the time of day moves nothing
T2 2026-11-02 14:59 | 5 working-day | T2 2026-11-09 17:00 | 14:59 and 15:01 give the same date
T2 2026-11-02 15:00 | 5 working-day | T2 2026-11-09 17:00 | 15:00:00 is not after
T2 2026-11-02 15:01 | 5 working-day | T2 2026-11-09 17:00 | 14:59 and 15:01 give the same date
T2 2026-11-02 06:00 | 5 working-day | T2 2026-11-09 17:00 | before opening: still the day of receipt
T2 2026-11-02 12:15 | 5 working-day | T2 2026-11-09 17:00 | at lunch
T2 2026-11-02 17:30 | 5 working-day | T2 2026-11-09 17:00 | after closing
T2 2026-11-02 23:59 | 5 working-day | T2 2026-11-09 17:00 | a minute before midnight
T3 2026-11-03 00:00 | 5 working-day | T3 2026-11-10 17:00 | midnight belongs to the new day
# received on a day off
T7 2026-11-07 10:00 | 1 working-day | T2 2026-11-09 17:00 | received on Saturday: Monday is the first day
CN 2026-11-08 23:30 | 1 working-day | T2 2026-11-09 17:00 | received on Sunday night
T7 2026-11-07 10:00 | 5 working-day | T6 2026-11-13 17:00 | Saturday, a full week
T5 2026-04-30 09:00 | 1 working-day | T2 2026-05-04 17:00 | received on a holiday
# published bug: P1D read as 24 business hours
T3 2026-11-03 09:00 | 1 working-day | T4 2026-11-04 17:00 | one day is the next working day, not 24 business hours (three days)
T3 2026-11-03 09:00 | 24 working-hour | T6 2026-11-06 09:00 | 24 working hours are three days of eight
# fixed holidays and days in lieu
T6 2021-12-31 09:00 | 1 working-day | T3 2022-01-04 17:00 | 31 December 2021: 1 January is a Saturday, Monday 3 is off in lieu
T6 2022-12-30 09:00 | 1 working-day | T3 2023-01-03 17:00 | 1 January 2023 is a Sunday, Monday 2 is off in lieu
T6 2023-12-29 16:00 | 1 working-day | T3 2024-01-02 17:00 | 1 January 2024 is a Monday
T3 2024-12-31 10:00 | 1 working-day | T5 2025-01-02 17:00 | 31 December, 1 January is off
T4 2025-12-31 10:00 | 1 working-day | T2 2026-01-05 17:00 | 1 January 2026 and the swapped 2 January
T5 2021-04-29 09:00 | 1 working-day | T3 2021-05-04 17:00 | 30 April on Friday, 1 May on Saturday, Monday 3 in lieu
T6 2022-04-29 09:00 | 1 working-day | T4 2022-05-04 17:00 | 30 April and 1 May at a weekend: Monday and Tuesday in lieu
T6 2023-04-28 09:00 | 1 working-day | T5 2023-05-04 17:00 | Giỗ Tổ, 30 April and 1 May in a row: off until 3 May
T3 2021-04-20 09:00 | 1 working-day | T5 2021-04-22 17:00 | Giỗ Tổ 2021 on a Wednesday
T6 2022-04-08 09:00 | 1 working-day | T3 2022-04-12 17:00 | Giỗ Tổ 2022 on a Sunday, Monday in lieu
T4 2024-04-17 09:00 | 1 working-day | T6 2024-04-19 17:00 | Giỗ Tổ 2024 on a Thursday
T6 2025-04-04 09:00 | 1 working-day | T3 2025-04-08 17:00 | Giỗ Tổ 2025 on a Monday
T6 2026-04-24 09:00 | 1 working-day | T3 2026-04-28 17:00 | Giỗ Tổ 2026 on a Sunday, Monday in lieu
T4 2021-09-01 09:00 | 1 working-day | T2 2021-09-06 17:00 | National Day 2021 with the day after
T4 2022-08-31 09:00 | 1 working-day | T2 2022-09-05 17:00 | National Day 2022 with the day before
T5 2023-08-31 09:00 | 1 working-day | T3 2023-09-05 17:00 | National Day 2023 on a Saturday, Monday in lieu
T6 2024-08-30 09:00 | 1 working-day | T4 2024-09-04 17:00 | National Day 2024 with the day after
T6 2025-08-29 09:00 | 1 working-day | T4 2025-09-03 17:00 | National Day 2025 with the day before
T6 2026-08-28 09:00 | 1 working-day | T5 2026-09-03 17:00 | National Day 2026: swapped Monday, the day before, the day
# Tết
T3 2021-02-09 09:00 | 1 working-day | T4 2021-02-17 17:00 | Tết 2021 across a weekend, two days in lieu
T6 2022-01-28 09:00 | 1 working-day | T2 2022-02-07 17:00 | Tết 2022 fills Monday to Friday
T5 2023-01-19 09:00 | 1 working-day | T6 2023-01-27 17:00 | Tết 2023 from Friday, across the weekend, two days in lieu
T4 2024-02-07 09:00 | 1 working-day | T5 2024-02-15 17:00 | Tết 2024 across a weekend, two days in lieu
T6 2025-01-24 09:00 | 1 working-day | T2 2025-02-03 17:00 | Tết 2025 fills Monday to Friday
T6 2026-02-13 09:00 | 1 working-day | T2 2026-02-23 17:00 | Tết 2026 fills Monday to Friday
T3 2026-02-10 09:00 | 7 working-day | T5 2026-02-26 17:00 | seven days around Tết 2026
T2 2024-02-05 14:00 | 5 working-day | T2 2024-02-19 17:00 | five days around Tết 2024
T3 2026-02-17 09:00 | 3 working-day | T4 2026-02-25 17:00 | received on New Year's Day itself
# swaps
T6 2024-04-26 09:00 | 1 working-day | T5 2024-05-02 17:00 | 29 April 2024 is swapped away
T6 2024-05-03 09:00 | 1 working-day | T7 2024-05-04 17:00 | Saturday 4 May 2024 is worked
T7 2024-05-04 09:00 | 1 working-day | T2 2024-05-06 17:00 | received on the worked Saturday: it is the day of receipt
T6 2025-04-25 09:00 | 1 working-day | T7 2025-04-26 17:00 | Saturday 26 April 2025 is worked
T3 2025-04-29 09:00 | 1 working-day | T2 2025-05-05 17:00 | 2 May 2025 is swapped away
T6 2026-01-09 09:00 | 1 working-day | T7 2026-01-10 17:00 | Saturday 10 January 2026 is worked
T6 2026-08-21 09:00 | 1 working-day | T7 2026-08-22 17:00 | Saturday 22 August 2026 is worked
T5 2026-08-20 09:00 | 8 working-day | T5 2026-09-03 17:00 | a worked Saturday in, a swapped Monday and National Day out
T5 2026-08-27 09:00 | 3 working-day | T6 2026-09-04 17:00 | over the swapped Monday and National Day
# turn of the year
T4 2025-12-31 23:59 | 3 working-day | T4 2026-01-07 17:00 | received in the last minute of the year
T2 2026-12-28 09:00 | 5 working-day | T3 2027-01-05 17:00 | into 2027, provisional: only New Year is known to be off
T5 2026-12-31 09:00 | 1 working-day | T2 2027-01-04 17:00 | 1 January 2027 is a Friday
T4 2027-02-03 09:00 | 1 working-day | T5 2027-02-11 17:00 | proposed Tết 2027: 4 to 10 February
T5 2027-04-15 09:00 | 1 working-day | T2 2027-04-19 17:00 | proposed Giỗ Tổ 2027: Friday 16 April
# leap years
T4 2024-02-28 09:00 | 1 working-day | T5 2024-02-29 17:00 | 29 February 2024 is a Thursday
T5 2024-02-29 09:00 | 12 month | T6 2025-02-28 17:00 | one year after 29 February: 28 February
T4 2024-01-31 09:00 | 1 month | T5 2024-02-29 17:00 | the last day of a leap February
T7 2026-01-31 09:00 | 1 month | T2 2026-03-02 17:00 | no 31 February: 28 February, a Saturday, so Monday
T5 2024-02-29 09:00 | 1 month | T6 2024-03-29 17:00 | 29 March is a Friday
# months
T2 2026-11-02 09:10 | 1 month | T4 2026-12-02 17:00 | the corresponding day
T3 2026-03-31 09:00 | 1 month | T2 2026-05-04 17:00 | 30 April and 1 May are holidays, then a weekend
T7 2026-08-01 09:00 | 1 month | T5 2026-09-03 17:00 | 1 September 2026 is off, so is 2 September
T6 2025-10-31 09:00 | 3 month | T2 2026-02-02 17:00 | 31 January 2026 is a Saturday
CN 2025-11-30 09:00 | 12 month | T2 2026-11-30 17:00 | 30 November 2026, a Monday
# calendar days
T4 2026-11-11 09:00 | 12 calendar-day | T2 2026-11-23 17:00 | silence of 1.013225: through Monday 23 November
T3 2026-11-10 09:00 | 12 calendar-day | T2 2026-11-23 17:00 | ends on Sunday 22: moved to Monday
T2 2026-11-02 09:00 | 30 calendar-day | T4 2026-12-02 17:00 | thirty days
T5 2026-02-05 09:00 | 12 calendar-day | T2 2026-02-23 17:00 | ends inside Tết 2026: moved behind it
T2 2026-01-19 09:00 | 30 calendar-day | T2 2026-02-23 17:00 | ends on the second day of the lunar year
T5 2024-02-01 09:00 | 30 calendar-day | T2 2024-03-04 17:00 | over a leap February, Saturday 2 March moves to Monday
T4 2023-02-01 09:00 | 30 calendar-day | T6 2023-03-03 17:00 | a February of 28 days, 3 March is a Friday
T4 2024-04-24 09:00 | 10 calendar-day | T7 2024-05-04 17:00 | ends on the worked Saturday 4 May 2024: stays
T7 2026-11-07 09:00 | 1 calendar-day | T2 2026-11-09 17:00 | Saturday, ends on Sunday, moved to Monday
T3 2026-12-01 09:00 | 31 calendar-day | T2 2027-01-04 17:00 | ends on 1 January 2027, a holiday: moved to Monday
# hours
T2 2026-11-02 09:10 | 8 working-hour | T3 2026-11-03 09:10 | eight hours start at once
T2 2026-11-02 07:30 | 8 working-hour | T2 2026-11-02 17:00 | from opening to closing of the same day
T2 2026-11-02 06:00 | 8 working-hour | T2 2026-11-02 17:00 | before opening: from 07:30
T2 2026-11-02 17:00 | 8 working-hour | T3 2026-11-03 17:00 | at closing: all of the next day
T2 2026-11-02 20:00 | 4 working-hour | T3 2026-11-03 11:30 | after closing: the next morning
T2 2026-11-02 12:00 | 2 working-hour | T2 2026-11-02 15:00 | at lunch: from 13:00
T2 2026-11-02 11:00 | 1 working-hour | T2 2026-11-02 13:30 | half an hour before and after lunch
T2 2026-11-02 16:30 | 1 working-hour | T3 2026-11-03 08:00 | over the night
T6 2026-11-06 16:00 | 2 working-hour | T2 2026-11-09 08:30 | over the weekend
T6 2026-02-13 16:00 | 2 working-hour | T2 2026-02-23 08:30 | over Tết
T6 2026-08-21 16:00 | 2 working-hour | T7 2026-08-22 08:30 | into the worked Saturday
T7 2026-11-07 10:00 | 4 working-hour | T2 2026-11-09 11:30 | received on Saturday: Monday morning
T2 2026-11-02 10:30 | 1 working-hour | T2 2026-11-02 11:30 | ends at the beginning of lunch, not after it
T4 2025-12-31 16:00 | 8 working-hour | T2 2026-01-05 16:00 | over New Year and the swapped 2 January
T2 2026-11-02 09:10 | 0.5 working-hour | T2 2026-11-02 09:40 | thirty minutes
# half-days
T2 2026-11-02 07:30 | 1 half-day | T2 2026-11-02 11:30 | the morning
T2 2026-11-02 13:00 | 1 half-day | T2 2026-11-02 17:00 | the afternoon
T2 2026-11-02 10:00 | 1 half-day | T2 2026-11-02 15:30 | four working hours from 10:00
T6 2026-11-06 13:00 | 3 half-day | T2 2026-11-09 17:00 | Friday afternoon and Monday
# same day
T2 2026-11-02 08:00 | 1 same-day | T2 2026-11-02 17:00 | birth registration in the morning
T2 2026-11-02 14:59 | 1 same-day | T2 2026-11-02 17:00 | before the cut-off
T2 2026-11-02 15:00 | 1 same-day | T2 2026-11-02 17:00 | 15:00:00 is not after
T2 2026-11-02 15:01 | 1 same-day | T3 2026-11-03 17:00 | after the cut-off: the next working day
T6 2026-11-06 15:01 | 1 same-day | T2 2026-11-09 17:00 | Friday after the cut-off: Monday
T7 2026-11-07 09:00 | 1 same-day | T2 2026-11-09 17:00 | received on a day off
T6 2026-02-13 16:00 | 1 same-day | T2 2026-02-23 17:00 | after the cut-off before Tết
T6 2026-08-21 15:30 | 1 same-day | T7 2026-08-22 17:00 | the next working day is the worked Saturday
`

/** Golden clocks: received | limit | mode | events | due ("-" while it stands still) | why. */
export const goldenModes = `
# RESTART: counted anew after supplements
T2 2026-11-02 09:10 | 10 working-day | RESTART | asked 2026-11-05 10:00, complete 2026-11-10 09:00 | T3 2026-11-24 17:00 | the story: form 02 on Thursday 5, complete on Tuesday 10
T2 2026-11-02 09:10 | 10 working-day | RESTART | asked 2026-11-05 10:00, complete 2026-11-10 15:01 | T3 2026-11-24 17:00 | the hour of completion moves nothing
T2 2026-11-02 09:10 | 10 working-day | RESTART | asked 2026-11-05 10:00, complete 2026-11-10 09:00, asked 2026-11-12 10:00, complete 2026-11-16 10:00 | T2 2026-11-30 17:00 | two rounds: the last one counts
T2 2026-11-02 09:10 | 5 working-day | RESTART | asked 2026-11-04 10:00, complete 2026-11-07 10:00 | T6 2026-11-13 17:00 | completed on a Saturday
T2 2026-11-02 09:10 | 8 working-hour | RESTART | asked 2026-11-02 10:00, complete 2026-11-03 10:00 | T4 2026-11-04 10:00 | hours start anew at once
T2 2026-11-02 09:10 | 10 working-day | RESTART | asked 2026-11-05 10:00 | - | waiting: there is no date
T2 2026-11-02 09:10 | 5 working-day | RESTART | asked 2026-11-04 07:30, finished 2026-11-05 07:30 | T3 2026-11-10 17:00 | refused while waiting: the wait is not the agency's
T2 2026-11-02 09:10 | 5 working-day | RESTART | asked 2026-11-11 07:30, complete 2026-11-12 07:30 | T5 2026-11-19 17:00 | asked after the date had passed: a new count, the old breach stays in its round
T2 2026-11-02 09:10 | 1 month | RESTART | asked 2026-11-10 09:00, complete 2026-11-16 09:00 | T4 2026-12-16 17:00 | a month starts anew
T6 2026-12-25 09:00 | 5 working-day | RESTART | asked 2026-12-28 09:00, complete 2026-12-31 09:00 | T6 2027-01-08 17:00 | anew over New Year, provisional
# PAUSE: the wait is taken out, to the minute
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-04 10:00, complete 2026-11-05 10:00 | T3 2026-11-10 17:00 | one full working day
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-04 10:00, complete 2026-11-04 14:00 | T3 2026-11-10 10:00 | two and a half hours, lunch left out
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-06 16:00, complete 2026-11-09 08:30 | T3 2026-11-10 09:30 | over a weekend: two hours
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-06 17:00, complete 2026-11-09 07:30 | T2 2026-11-09 17:00 | a weekend alone moves nothing
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-04 10:00, complete 2026-11-05 10:00, asked 2026-11-06 10:00, complete 2026-11-06 14:00 | T4 2026-11-11 10:00 | two pauses add up
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-02 10:00, complete 2026-11-02 11:00 | T3 2026-11-10 08:30 | also on the day of receipt
T2 2026-02-09 09:00 | 5 working-day | PAUSE | asked 2026-02-12 07:30, complete 2026-02-24 07:30 | T5 2026-02-26 17:00 | over Tết: three working days
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-11 07:30, complete 2026-11-12 07:30 | T3 2026-11-10 17:00 | asked when late: what was late stays late
T2 2026-11-02 09:10 | 8 working-hour | PAUSE | asked 2026-11-02 10:00, complete 2026-11-02 14:00 | T3 2026-11-03 13:10 | hours: the end moves over lunch
T2 2026-11-02 08:00 | 1 same-day | PAUSE | asked 2026-11-02 09:00, complete 2026-11-02 10:00 | T3 2026-11-03 08:30 | a same-day result held up for an hour
T2 2026-11-02 09:10 | 12 calendar-day | PAUSE | asked 2026-11-05 10:00, complete 2026-11-08 10:00 | T3 2026-11-17 17:00 | calendar days move by calendar days
T2 2026-11-02 09:10 | 1 month | PAUSE | asked 2026-11-10 09:00, complete 2026-11-15 09:00 | T2 2026-12-07 17:00 | a month moves by calendar days
T2 2026-11-02 09:10 | 10 working-day | PAUSE | asked 2026-11-05 10:00 | - | waiting: there is no date
T2 2026-11-02 09:10 | 5 working-day | PAUSE | asked 2026-11-23 07:30, complete 2026-11-25 07:30 | T4 2026-11-11 17:00 | the pause itself lies on the undecided 24 November
# EXCLUDED-STAGE: tax and payment are not counted
T2 2026-11-02 09:10 | 10 working-day | EXCLUDED-STAGE | excluded 2026-11-05 07:30, resumed 2026-11-09 07:30 | T4 2026-11-18 17:00 | one date, two working days taken out
T2 2026-11-02 09:10 | 8=5+3 working-day | EXCLUDED-STAGE |  | T2 2026-11-09 17:00 | first appointment of 8 = 5 + 3
T2 2026-11-02 09:10 | 8=5+3 working-day | EXCLUDED-STAGE | excluded 2026-11-06 10:00 | - | at the tax office: neither appointment runs
T2 2026-11-02 09:10 | 8=5+3 working-day | EXCLUDED-STAGE | excluded 2026-11-06 10:00, resumed 2026-11-20 09:00 | T4 2026-11-25 17:00 | second appointment from the proof of payment
T2 2026-11-02 09:10 | 20=10+10 working-day | EXCLUDED-STAGE | excluded 2026-11-10 10:00, resumed 2026-12-01 09:00 | T3 2026-12-15 17:00 | 20 = 10 + 10
T2 2026-11-02 09:10 | 8=5+3 working-day | EXCLUDED-STAGE | asked 2026-11-03 10:00, complete 2026-11-05 10:00 | T5 2026-11-12 17:00 | a supplement restarts the first appointment
T2 2026-11-02 09:10 | 8=5+3 working-day | EXCLUDED-STAGE | excluded 2026-11-06 10:00, resumed 2026-11-16 09:00, asked 2026-11-17 09:00, complete 2026-11-18 09:00 | T2 2026-11-23 17:00 | a supplement restarts the second appointment
T2 2026-11-02 09:10 | 8=5+3 working-day | EXCLUDED-STAGE | excluded 2026-11-06 10:00, resumed 2026-11-16 09:00, excluded 2026-11-17 07:30, resumed 2026-11-18 07:30 | T6 2026-11-20 17:00 | a second excluded stage moves the second appointment
`

export type GoldenRow = {
  received: Date
  value: number
  unit: LimitUnit
  split?: [number, number]
  rest: string[]
}

const rowsOf = (table: string): string[][] =>
  table
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('|').map((cell) => cell.trim()))

/** 'T2 2026-11-02 09:10' as an instant; throws when the weekday is not that of the date. */
export function instantOf(cell: string): Date {
  const [weekday, day, time] = cell.split(' ') as [string, string, string]
  const instant = new Date(`${day}T${time}:00+07:00`)
  const names = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']
  const name = names[new Date(`${day}T00:00:00Z`).getUTCDay()]
  if (name !== weekday) throw new Error(`${day} is ${name}, not ${weekday}`)
  return instant
}

function limitOf(cell: string): Pick<GoldenRow, 'value' | 'unit' | 'split'> {
  const [number, unit] = cell.split(' ') as [string, LimitUnit]
  const [total, parts] = number.split('=') as [string, string | undefined]
  if (!parts) return { value: Number(total), unit }
  return { value: Number(total), unit, split: parts.split('+').map(Number) as [number, number] }
}

/** The rows of a table: what was received under which limit, and the remaining cells. */
export const readGolden = (table: string): GoldenRow[] =>
  rowsOf(table).map(([received, limit, ...rest]) => ({
    received: instantOf(received!),
    ...limitOf(limit!),
    rest,
  }))
