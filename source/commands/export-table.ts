import {writeFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import {systemErrorCode, systemErrorWords} from '../metrics/model/system-error.ts';
import {formatCsv} from '../output/format-csv.ts';
import type {ExportedTable} from '../ui/feed.ts';

/** The highest number added to the name of a file, for files written in the same second. */
const MOST_OF_A_NAME = 100;

/**
 * Writes a table as CSV into a new file that only its owner can read, since it holds names of the cluster; a file that
 * is there is never overwritten. Returns the sentence that says where it is, or why it is not written.
 */
export async function exportTable({view, columnIds, nowMs, path}: ExportedTable): Promise<string> {
	const columns = columnIds.flatMap(id => view.columns.filter(column => column.id === id));
	const text = formatCsv({...view, columns}, nowMs, true, true);
	const rows = `${view.rows.length} row${view.rows.length === 1 ? '' : 's'}`;
	for (const name of path === undefined ? namesOf(view.level, nowMs) : [path]) {
		const file = resolve(name);
		try {
			await writeFile(file, text, {mode: 0o600, flag: 'wx'});
			return `${rows} written to ${file}`;
		} catch (error) {
			if (systemErrorCode(error) !== 'EEXIST') {
				return `${file} cannot be written (${systemErrorWords(error)}): :export FILE names another place`;
			}

			if (path !== undefined) {
				return `${file} is there already and is not overwritten: :export FILE takes another name`;
			}
		}
	}

	return 'there are files of that name already: :export FILE takes another';
}

/** `ktop-pods-20261123-100709.csv`, then with a number. */
function namesOf(level: string, nowMs: number): readonly string[] {
	const time = new Date(nowMs);
	const two = (value: number): string => String(value).padStart(2, '0');
	const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
	const clock = `${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
	return Array.from(
		{length: MOST_OF_A_NAME},
		(_, index) => `ktop-${level}-${day}-${clock}${index === 0 ? '' : `-${index + 1}`}.csv`,
	);
}
