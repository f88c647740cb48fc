import type {Group, Row} from './document.ts';
import type {ReportedRow} from './report.ts';
import {SECTIONS, type SectionName} from './sections.ts';

/** What a run knows of one test. */
export type TestOutcome = {
	readonly name: string;
	/** Of the outermost `describe`, if there is one. */
	readonly suite: string | undefined;
	readonly hasPassed: boolean;
	readonly reported: readonly ReportedRow[];
};

/** The tests of one file in their order. */
export type FileOutcome = {readonly file: string; readonly tests: readonly TestOutcome[]};

/** A count is a cell that is a number alone. */
const COUNT = /^[\d,]+$/;

/** The rows that the tests of a file proved, by section. */
export function provenGroups({file, tests}: FileOutcome): readonly Group[] {
	const groups = new Map<SectionName, Group & {readonly rows: Row[]}>();
	for (const {name, suite, reported} of tests.filter(({hasPassed}) => hasPassed)) {
		for (const {section, cells} of reported) {
			const group = groups.get(section) ?? {section, file, title: suite ?? file, rows: []};
			groups.set(section, group);
			group.rows.push([
				name,
				...cells.map(cell => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
			]);
		}
	}

	return [...groups.values()];
}

/**
 * The report after a run: groups of files that ran are replaced, those of files that did not are kept if `isThere`. A
 * row of a test that did not pass in this run is kept too: it was skipped, or the run fails anyway.
 */
export function merge(
	before: readonly Group[],
	files: readonly FileOutcome[],
	isThere: (file: string) => boolean,
): readonly Group[] {
	const ran = new Map(files.map(outcome => [outcome.file, outcome]));
	const kept = before.filter(({file}) => !ran.has(file) && isThere(file));
	return [...kept, ...files.flatMap(outcome => withSkipped(outcome, before))];
}

function withSkipped(outcome: FileOutcome, before: readonly Group[]): readonly Group[] {
	const proven = provenGroups(outcome);
	const skipped = new Set(outcome.tests.filter(({hasPassed}) => !hasPassed).map(({name}) => name));
	const sections = new Set(
		[...proven, ...before.filter(({file}) => file === outcome.file)].map(({section}) => section),
	);
	const order = outcome.tests.map(({name}) => name);
	return [...sections].flatMap(section => {
		const now = proven.find(group => group.section === section);
		const old = before.find(group => group.file === outcome.file && group.section === section);
		const rows = [...(now?.rows ?? []), ...(old?.rows.filter(([name = '']) => skipped.has(name)) ?? [])];
		const group = now ?? old;
		if (SECTIONS[section].isLongestRun) {
			rows.forEach((row, index) => {
				rows[index] = withLargerCounts(row, old?.rows);
			});
		}

		return group === undefined || rows.length === 0
			? []
			: [{...group, rows: rows.sort(([a = ''], [b = '']) => order.indexOf(a) - order.indexOf(b))}];
	});
}

/** The row with the counts that it had, where its words are the same and they were larger. */
function withLargerCounts(row: Row, before: readonly Row[] = []): Row {
	const old = before.find(
		cells =>
			cells.length === row.length &&
			cells.every((cell, at) => cell === row[at] || (isCount(cell) && isCount(row[at]))),
	);
	return old === undefined
		? row
		: row.map((cell, at) => (numberOf(old[at]) > numberOf(cell) ? (old[at] ?? cell) : cell));
}

const isCount = (cell = ''): boolean => COUNT.test(cell);
const numberOf = (cell = ''): number => (isCount(cell) ? Number(cell.replaceAll(',', '')) : Number.NaN);

/** How two reports differ in their rows and words, a line each. Counts and order are not compared. */
export function differences(written: readonly Group[], proven: readonly Group[]): readonly string[] {
	const linesOf = (groups: readonly Group[]): ReadonlySet<string> =>
		new Set(
			groups.flatMap(({section, file, title, rows}) =>
				rows.map(row =>
					[section, file, title, ...row.map(cell => (COUNT.test(cell) ? 'a count' : cell))].join(' | '),
				),
			),
		);
	const [is, shouldBe] = [linesOf(written), linesOf(proven)];
	return [
		...[...is].filter(line => !shouldBe.has(line)).map(line => `no test proved: ${line}`),
		...[...shouldBe].filter(line => !is.has(line)).map(line => `missing: ${line}`),
	];
}
