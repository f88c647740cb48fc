import type {SectionName} from './sections.ts';

/** What a test proved, as the cells of a row after its name. A number is a count that differs from run to run. */
export type ReportedRow = {readonly section: SectionName; readonly cells: ReadonlyArray<string | number>};

declare module 'vitest' {
	interface TaskMeta {
		reported?: ReportedRow[];
	}
}

/**
 * Adds a row to test/RELIABILITY.md, named after the test. To be called with what was asserted before. Only tests that
 * pass are in the report; `npm run reliability` writes it, and each run of the tests compares it.
 */
export function report(
	task: {readonly meta: {reported?: ReportedRow[]}},
	section: SectionName,
	...cells: ReadonlyArray<string | number>
): void {
	task.meta.reported ??= [];
	task.meta.reported.push({section, cells});
}
