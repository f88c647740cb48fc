import {describe, expect, test} from 'vitest';
import {eventsText} from '../../../source/ui/draw/events-text.ts';

describe('the list of events', () => {
	test('explains what an event is if there is none', () => {
		expect(eventsText([], 0, 0, 80).join(' ')).toMatch(/No events yet\. .* 90 %/);
	});

	test('shows the start, duration, peak, kind and object of each event', () => {
		const sinceMs = new Date(2026, 0, 1, 10, 0, 0).getTime();
		const event = {
			key: 'k',
			what: 'memory of limit',
			level: 'containers',
			id: 'i',
			name: 'shop/web/app',
			sinceMs,
			untilMs: undefined,
			peak: 0.97,
			peakAtMs: sinceMs,
		} as const;
		const [, open, ended] = eventsText(
			[event, {...event, untilMs: sinceMs + 30_000}],
			sinceMs + 90_000,
			1,
			80,
		);
		expect(open).toBe('  ! 10:00:00  90s     97%  memory of limit   shop/web/app');
		expect(ended).toBe('>   10:00:00  30s     97%  memory of limit   shop/web/app');
		const killed = {...event, what: 'OOM killed', untilMs: sinceMs, peak: 2} as const;
		expect(eventsText([killed], sinceMs + 90_000, 0, 80)[1]).toBe(
			'>   10:00:00           2x  OOM killed        shop/web/app',
		);
		// Where there is no room for all, what is about the object stays.
		expect(eventsText([event], sinceMs + 90_000, 0, 40)).toEqual([
			'    SINCE    WHAT, WHERE',
			'> ! 10:00:00 memory of limit shop/web/app',
		]);
	});
});
