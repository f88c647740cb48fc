import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {exportTable} from '../../source/commands/export-table.ts';
import {columnsOf} from '../../source/metrics/columns/columns.ts';
import {nodeRow, processRow} from '../metrics/rows.ts';

function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'ktop-export-'));
	onTestFinished(() => rmSync(path, {recursive: true, force: true}));
	return path;
}

const table = (path: string | undefined) => ({
	view: {
		level: 'nodes' as const,
		columns: columnsOf('nodes'),
		rows: [nodeRow('node-1', {cpuCores: 0.5}), nodeRow('node-2')],
		total: 2,
		atMs: 0,
	},
	columnIds: ['cpu', 'name'],
	nowMs: new Date(2026, 10, 23, 10, 7, 9).getTime(),
	path,
});

describe('a table that is exported', () => {
	test('is a CSV file with the columns in their order, readable only by its owner', async () => {
		const path = join(folder(), 'a.csv');
		expect(await exportTable(table(path))).toBe(`2 rows written to ${path}`);
		expect(readFileSync(path, 'utf8')).toBe('cpu_cores,name\r\n0.5,node-1\r\n,node-2\r\n');
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	test('has the arguments of processes where they are on the screen, as they are there', async () => {
		const view = {
			level: 'processes' as const,
			columns: columnsOf('processes'),
			rows: [processRow({pid: 7, name: 'app', commandLine: 'app --token=s3cret, -v'})],
			total: 1,
			atMs: 0,
		};
		const written = async (columnIds: readonly string[]): Promise<string> => {
			const path = join(folder(), 'a.csv');
			await exportTable({...table(path), view, columnIds});
			return readFileSync(path, 'utf8');
		};
		expect(await written(['pid', 'name'])).toBe('pid,name\r\n7,app\r\n');
		expect(await written(['pid', 'arguments'])).toBe('pid,arguments\r\n7,"app --token=s3cret, -v"\r\n');
	});

	test('never overwrites a file', async () => {
		const path = join(folder(), 'a.csv');
		writeFileSync(path, 'mine');
		expect(await exportTable(table(path))).toMatch(/a\.csv is there already and is not overwritten/);
		expect(readFileSync(path, 'utf8')).toBe('mine');
	});

	test('that cannot be written says why, and what to do', async () => {
		expect(await exportTable(table('/nowhere/a.csv'))).toBe(
			'/nowhere/a.csv cannot be written (no such file or directory): :export FILE names another place',
		);
	});

	test('has a name of the table and the time, and another one each time', async () => {
		const [path, before] = [folder(), process.cwd()];
		process.chdir(path);
		try {
			await exportTable(table(undefined));
			expect(await exportTable(table(undefined))).toMatch(/ktop-nodes-20261123-100709-2\.csv$/);
		} finally {
			process.chdir(before);
		}

		expect(readdirSync(path).sort()).toEqual([
			'ktop-nodes-20261123-100709-2.csv',
			'ktop-nodes-20261123-100709.csv',
		]);
	});
});
