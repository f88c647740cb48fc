import assert from 'node:assert/strict';
import fc from 'fast-check';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {printable, printableJson} from '../../../source/metrics/model/printable.ts';
import {parseFilter} from '../../../source/metrics/view/filter.ts';
import {filterAdvice} from '../../../source/metrics/view/filter-advice.ts';
import {formatCsv} from '../../../source/output/format-csv.ts';
import {formatTable} from '../../../source/output/format-table.ts';
import {fitLine, fitName, fitText, widthOf} from '../../../source/ui/format/width.ts';
import {startCommand, typeCommand} from '../../../source/ui/state/command-line/command-editing.ts';
import {startFilter, typeFilter} from '../../../source/ui/state/filter-editing.ts';
import {paste} from '../../../source/ui/state/pasting.ts';
import {decodeScreenMemory} from '../../../source/ui/state/screen-memory.ts';
import {functionKeyOf} from '../../../source/ui/terminal/function-keys.ts';
import {mouseEventOf} from '../../../source/ui/terminal/mouse.ts';
import {ReportFilter} from '../../../source/ui/terminal/report-filter.ts';
import {podRow} from '../../metrics/rows.ts';
import {FIVE, START} from '../../ui/state/states.ts';
import {damagedJson} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {assertNumbers} from '../soundness.ts';
import {target} from '../target.ts';

const FILTERS = [
	'web',
	'!db|cache',
	'^db-\\d+$',
	'cpu>500m',
	'memory>=2Gi',
	'cpu%>80%',
	'age<1h',
	'status!=Running',
	'label:app=web|api',
	'name:(a|b)*c{2,5}',
	'a | !b cpu<1',
];
const FILTER_PIECES = [
	'|',
	'!',
	':',
	'>=',
	'%',
	'(',
	')',
	'[',
	']',
	'{1,200}',
	'\\d',
	'\\',
	'.*',
	'^',
	'$',
	'?',
	'label:',
];
const COMMANDS = [
	'ns kube-system,web',
	'sort -memory',
	'window 1h',
	'interval 5s',
	'export /tmp/a.csv',
	'group label:app',
	'filter (web',
	'q',
	'pods',
];

/** Tab may add a word to a full line. */
const LONGEST_COMPLETION = 100;
const NOW_MS = Date.UTC(2026, 10, 27);
const rows = [podRow('web-1'), podRow('a'.repeat(250)), podRow('日本', {cpuCores: 0.5})];

const KEYS = [
	'\u001B[A',
	'\u001BOP',
	'\u001B[15~',
	'\u001B[<0;21;9M',
	'\u001B[<64;1;1M',
	'\u001B[12;40R',
	'\u001B[0n',
	'\u001B[?62;22c',
	'\u001B]11;rgb:1e1e/1e1e/2e2e\u0007',
	'\u001BP>|XTerm(370)\u001B\\',
	'\u001B[200~',
	'\u001B[201~',
	'\u001B',
	'q',
	'\u0003',
	'\u001B[',
	'\u001B]',
	'\u001BP',
	'9'.repeat(300),
	';'.repeat(300),
];
const LABELS = [
	'web-7d4b9c6f5-abcde',
	'app.kubernetes.io/name=api',
	'\u001B[31mred\u001B[0m',
	'a\u202Eb',
	'日本語の名前',
	'👩‍👩‍👧‍👦 family',
	'e\u0301\u0301\u0301',
	'ﷺ',
	'=1+1',
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/;

export const SCREEN = [
	target('filter language', 'filters', damagedText(FILTERS, FILTER_PIECES), text => {
		const columns = columnsOf('pods');
		const filter = parseFilter(text, columns);
		if (filter.kind === 'ok') {
			for (const row of rows) {
				assert.equal(typeof filter.test(row, NOW_MS), 'boolean');
			}
		} else {
			assert.ok(filter.problem.length > 0);
		}

		filterAdvice(text, columns, {rows: 0, total: 3});
	}),
	target(
		'terminal input',
		'keys, mouse, reports and pastes',
		fc.array(damagedText(KEYS, KEYS), {maxLength: 12}),
		chunks => {
			let textLength = 0;
			const filter = new ReportFilter({
				onText: text => {
					textLength += text.length;
				},
				onReport(report) {
					textLength += report.length;
					assertNumbers(mouseEventOf(report), {least: -1, most: 99_999});
					functionKeyOf(report);
				},
			});
			for (const chunk of chunks) {
				filter.read(chunk);
			}

			const typed = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
			assert.ok(textLength <= 2 * typed, `${textLength} characters came of ${typed}`);
		},
	),
	target(
		'text pasted into the prompts',
		'filters and commands, and keys after them',
		fc.tuple(
			fc.array(damagedText([...FILTERS, ...COMMANDS], [...FILTER_PIECES, ...COMMANDS]), {
				minLength: 1,
				maxLength: 4,
			}),
			fc.array(fc.constantFrom('tab', 'left', 'home', 'ctrl-w', 'ctrl-u', 'delete', 'up', 'enter'), {
				maxLength: 4,
			}),
		),
		([pasted, keys]) => {
			for (const opened of [startFilter(START), startCommand(START, '')]) {
				let state = pasted.reduce((before, text) => paste(before, text, FIVE), opened);
				for (const key of ['none', ...keys]) {
					state =
						opened.mode.kind === 'filter'
							? typeFilter(state, key, '', FIVE)
							: typeCommand(state, key, '', FIVE).state;
					if ('line' in state.mode) {
						const {text, cursor} = state.mode.line;
						assert.doesNotMatch(text, CONTROLS);
						assert.ok([...text].length <= 1000 + LONGEST_COMPLETION, `${[...text].length} characters`);
						assert.ok(cursor >= 0 && cursor <= [...text].length, `the cursor is at ${cursor}`);
					}
				}
			}
		},
	),
	target(
		'names and labels to the screen',
		'names and labels',
		fc.tuple(
			damagedText(LABELS, LABELS).map(text => text.slice(0, 2000)),
			fc.integer({min: 0, max: 120}),
		),
		([text, width]) => {
			const shown = printable(text);
			assert.doesNotMatch(shown, CONTROLS);
			assert.doesNotMatch(printableJson({[text]: text}), CONTROLS);
			assert.deepEqual(JSON.parse(printableJson([text])), JSON.parse(JSON.stringify([text])));
			for (const fitted of [
				fitText(shown, width, false, '…'),
				fitName(shown, width, '…'),
				fitLine(shown, width, '…'),
			]) {
				assert.ok(widthOf(fitted) <= Math.max(width, 0), `${widthOf(fitted)} cells for ${width}`);
			}

			const row = podRow(text, {namespace: text, node: text});
			const view = {level: 'pods', columns: columnsOf('pods'), rows: [row], total: 1, atMs: NOW_MS} as const;
			assert.doesNotMatch(formatTable(view).replaceAll('\n', ''), CONTROLS);
			formatCsv(view, NOW_MS, true);
		},
	),
	target(
		'memory of the screen',
		'its file',
		fc.oneof(
			damagedJson({
				columns: {pods: ['name', 'cpu']},
				sorts: {pods: {column: 'cpu', isDescending: true}},
				filters: ['a', 'b'],
			}),
			damagedText(['{"filters":["a"]}']),
		),
		text => {
			assertNumbers(decodeScreenMemory(text));
		},
	),
];
