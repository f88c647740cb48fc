import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ERROR_CODES, errorPage} from '../../source/help/error-pages.ts';
import {columnsWithin} from '../../source/metrics/columns/columns-within.ts';
import {STATISTIC_COLUMNS} from '../../source/metrics/columns/statistic-columns.ts';
import type {Column} from '../../source/metrics/model/column.ts';
import {TABLES} from '../../source/metrics/model/levels.ts';
import {FILTER_FORMS} from '../../source/metrics/view/filter-forms.ts';
import {SECTIONS} from '../../source/options/option-table.ts';
import {MOUSE} from '../../source/ui/draw/help-text.ts';
import {commandLines} from '../../source/ui/state/command-line/command-lines.ts';
import {helpLines} from '../../source/ui/state/keymap.ts';

const SCHEMA = readSchema();

/** The parts of the topics that repeat what the code says, by topic and the name in the comment before them. */
export const MADE_BY_CODE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	keys: {
		keys: table(
			['keys', 'what they do'],
			helpLines().map(([keys, label]) => [codes(keys.split(' ')), label]),
		),
		commands: table(
			['command', 'what it does'],
			commandLines().map(([command, meaning]) => [code(command), meaning]),
		),
		mouse: table(
			['mouse', 'what it does'],
			MOUSE.map(([sign, meaning]) => [sign, meaning]),
		),
	},
	filters: {
		forms: table(
			['term', 'what it means'],
			FILTER_FORMS.map(([example, meaning]) => [code(example), meaning]),
		),
	},
	columns: {
		columns: [
			...TABLES.map(level => columnTable(level, columnsWithin(level, undefined))),
			columnTable('Statistics of the window', STATISTIC_COLUMNS),
		].join('\n'),
	},
	configuration: {
		flags: SECTIONS.map(
			({title, flags}) =>
				`### ${title}\n\n${table(
					['flag', 'what it does'],
					flags.map(({name, short, value, help, isCommandLineOnly}) => [
						`${short === undefined ? '' : `\`-${short}\`, `}${code(`--${name}${value === undefined ? '' : ` ${value}`}`)}${isCommandLineOnly === true ? ' ¹' : ''}`,
						help,
					]),
				)}`,
		).join('\n'),
	},
	json: {
		fields: [
			'cluster',
			'nodes',
			'pods',
			'containers',
			'namespaces',
			'workloads',
			'processes',
			'groups',
			'problems',
			'errors',
		]
			.map(
				name =>
					`### ${name}\n\n${table(
						['field', 'what it means'],
						fieldsOf(SCHEMA.properties?.[name] ?? {}).map(([path, description]) => [code(path), description]),
					)}`,
			)
			.join('\n'),
	},
	troubleshooting: {
		errors: ERROR_CODES.map(name => errorPage(name, 3)).join('\n'),
	},
};

/** The topic with what the code says between its comments. */
export function withMadeByCode(topic: string, markdown: string): string {
	return Object.entries(MADE_BY_CODE[topic] ?? {}).reduce(
		(text, [name, made]) =>
			text.replace(
				new RegExp(`(<!-- ${name}: [^>]* -->\n)[\\s\\S]*?(<!-- end -->)`),
				(_, start: string, end: string) => `${start}\n${made.trim()}\n\n${end}`,
			),
		markdown,
	);
}

/** What is read of a JSON Schema (draft 2020-12). */
type Schema = {
	readonly $ref?: string;
	readonly description?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly $defs?: Readonly<Record<string, Schema>>;
};

function readSchema(): Schema {
	return JSON.parse(
		readFileSync(join(import.meta.dirname, '../../source/output/snapshot.schema.json'), 'utf8'),
	);
}

/** Every value below a node of the schema: its path as jq writes it, and what it is. */
function fieldsOf(node: Schema, path = ''): ReadonlyArray<readonly [path: string, description: string]> {
	const target = node.$ref === undefined ? node : definitionOf(node.$ref);
	if (target.properties !== undefined) {
		return Object.entries(target.properties).flatMap(([name, one]) => fieldsOf(one, `${path}.${name}`));
	}

	const isOfObjects = (target.items?.properties ?? target.items?.$ref) !== undefined;
	return isOfObjects && target.items !== undefined
		? fieldsOf(target.items, path === '' ? '' : `${path}[]`)
		: [[path, target.description ?? node.description ?? '']];
}

function definitionOf(reference: string): Schema {
	return SCHEMA.$defs?.[reference.replace('#/$defs/', '')] ?? {};
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const lines = [
		head,
		head.map(() => '---'),
		...rows.map(row => row.map(cell => cell.replaceAll('|', '\\|'))),
	];
	return `${lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function code(text: string): string {
	return `\`${text}\``;
}

function codes(texts: readonly string[]): string {
	return texts.map(code).join(' ');
}

function columnTable(title: string, columns: readonly Column[]): string {
	return `## ${title}\n\n${table(
		['id', 'heading', 'what it means'],
		columns.map(({id, heading, explanation}) => [code(id), heading, explanation]),
	)}`;
}
