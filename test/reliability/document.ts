import {SECTIONS, type Section, type SectionName} from './sections.ts';

/** The rows of one test file in one section. */
export type Group = {
	readonly section: SectionName;
	/** The test file from the folder of the report: `faults/connection.test.ts`. */
	readonly file: string;
	/** The name of the file's outermost `describe`. */
	readonly title: string;
	/** All cells of each row, beginning with the name of its test. */
	readonly rows: readonly Row[];
};

export type Row = readonly string[];

const HEAD = `# What ktop survives

Made by \`npm run reliability\` from the results of the tests: a row is here because the test of its name passed. Each run of the
tests compares the rows and words with what it proved; counts are of the run that wrote this file.
`;

/** The report as Markdown. */
export function render(groups: readonly Group[]): string {
	const sections = Object.entries(SECTIONS).map(([name, section]) => {
		const own = groups.filter(group => group.section === name).sort((a, b) => (a.file < b.file ? -1 : 1));
		return own.length === 0 ? '' : renderSection(section, own);
	});
	return [HEAD, ...sections].filter(text => text !== '').join('\n');
}

function renderSection(section: Section, groups: readonly Group[]): string {
	const rows = groups.reduce((sum, group) => sum + group.rows.length, 0);
	return [
		`## ${section.title}: ${rows}`,
		section.intro,
		...groups.map(
			group => `### ${group.title}\n\nHeld by [${group.file}](${group.file}).\n\n${table(section, group)}`,
		),
	].join('\n\n');
}

function table({columns}: Section, {rows}: Group): string {
	const line = (cells: Row): string => `| ${cells.map(escaped).join(' | ')} |\n`;
	return [columns, columns.map(() => '---'), ...rows].map(line).join('');
}

/** The groups of a report that `render` wrote. */
export function parse(markdown: string): readonly Group[] {
	const groups: Array<Group & {readonly rows: Row[]}> = [];
	let section: SectionName | undefined;
	let title = '';
	for (const line of markdown.split('\n')) {
		const [, heading] = /^## (.*): \d+$/.exec(line) ?? [];
		const [, subheading] = /^### (.*)$/.exec(line) ?? [];
		const [, file] = /^Held by \[(.*?)\]/.exec(line) ?? [];
		if (heading !== undefined) {
			section = sectionOfTitle(heading);
		} else if (subheading !== undefined) {
			title = subheading;
		} else if (file !== undefined && section !== undefined) {
			groups.push({section, file, title, rows: []});
		} else if (line.startsWith('| ')) {
			groups.at(-1)?.rows.push(cellsOf(line));
		}
	}

	// The first two lines of a table are its heading.
	return groups.map(group => ({...group, rows: group.rows.slice(2)}));
}

function sectionOfTitle(title: string): SectionName | undefined {
	return names().find(name => SECTIONS[name].title === title);
}

function names(): readonly SectionName[] {
	return Object.keys(SECTIONS) as SectionName[];
}

const escaped = (cell: string): string =>
	cell.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** An escaped bar has a backslash before it, never a space. */
const cellsOf = (line: string): Row =>
	line
		.replace(/^\| | \|$/g, '')
		.split(' | ')
		.map(cell => cell.replaceAll('\\|', '|').replaceAll('&lt;', '<'));
