import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {beforeEach, describe, expect, test} from 'vitest';
import {openLogFile} from '../../source/commands/log-file.ts';
import {logLine} from '../../source/commands/log-line.ts';
import {KtopError} from '../../source/metrics/model/failure.ts';

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

describe('a line of the log', () => {
	test('has the time, the level, what happened, and details that are known', () => {
		expect(
			logLine(AT_MS, 'warn', 'node cannot be read', {
				node: 'a-1',
				code: 'refused',
				hint: undefined,
				tries: 3,
			}),
		).toBe(
			'time=2026-01-02T03:04:05.006Z level=warn msg="node cannot be read" node=a-1 code=refused tries=3\n',
		);
	});

	test.each([
		['a "b"', String.raw`"a \"b\""`],
		['two\nlines', String.raw`"two\nlines"`],
		['\u001b[31mred', String.raw`"\u001b[31mred"`],
		['left‮right', String.raw`"left\u202eright"`],
		['', '""'],
		['a=b', '"a=b"'],
	])('is one line that no terminal acts on, though a text is %j', (text, shown) => {
		expect(logLine(AT_MS, 'info', 'said', {text})).toBe(
			`time=2026-01-02T03:04:05.006Z level=info msg=said text=${shown}\n`,
		);
	});

	test('cuts off a text that is very long', () => {
		expect(logLine(AT_MS, 'info', 'said', {text: 'x'.repeat(1e6)}).length).toBeLessThan(5000);
	});
});

describe('the file of the log', () => {
	let folder = '';
	let path = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'ktop-log-'));
		path = join(folder, 'ktop.log');
	});
	const open = (mostBytes?: number) => openLogFile(path, () => AT_MS, mostBytes);
	const events = (file = path): readonly string[] =>
		[...readFileSync(file, 'utf8').matchAll(/^time=\S+ level=\w+ msg="?([^"\n]*)"?.*$/gm)].map(
			([, event = '']) => event,
		);

	test('is made for its user alone, and appended to', async () => {
		const first = open();
		first.log('info', 'one');
		await turn();
		expect(events()).toEqual(['one']);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		first.close();
		const second = open();
		second.log('info', 'two');
		second.close();
		expect(events()).toEqual(['one', 'two']);
	});

	test('keeps the mode that its user gave it', () => {
		writeFileSync(path, '', {mode: 0o640});
		chmodSync(path, 0o640);
		open().close();
		expect(statSync(path).mode & 0o777).toBe(0o640);
	});

	test('is renamed when it is full, and never takes more than twice its size', async () => {
		const {log, close} = open(1000);
		for (let event = 0; event < 100; event++) {
			log('info', `event ${event}`);
			await turn();
		}

		close();
		expect(readdirSync(folder).sort()).toEqual(['ktop.log', 'ktop.log.1']);
		expect(Math.max(statSync(path).size, statSync(`${path}.1`).size)).toBeLessThanOrEqual(1000);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		const kept = [...events(`${path}.1`), ...events()];
		expect(kept).toEqual(Array.from({length: kept.length}, (_, at) => `event ${100 - kept.length + at}`));
		expect(kept.length).toBeGreaterThan(15);
	});

	test('begins anew where it cannot be renamed', async () => {
		mkdirSync(`${path}.1`);
		const {log, close} = open(300);
		for (let event = 0; event < 20; event++) {
			log('info', `event ${event}`);
			await turn();
		}

		close();
		expect(statSync(path).size).toBeLessThanOrEqual(300);
		expect(events().at(-1)).toBe('event 19');
	});

	test('may be a device, which is never renamed', () => {
		const {log, close} = openLogFile('/dev/null', () => AT_MS, 10);
		log('info', 'nobody reads this');
		close();
		expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
	});

	test.skipIf(process.platform !== 'linux')(
		'loses lines that the disk does not take, without an error',
		async () => {
			// Each write to it is ENOSPC.
			const {log, close} = openLogFile('/dev/full', () => AT_MS);
			log('info', 'lost');
			await turn();
			log('info', 'lost too');
			close();
			log('info', 'after the end');
		},
	);

	test.each([
		['a folder that is not there', () => join(folder, 'none', 'ktop.log'), 'no such file or directory'],
		['a folder itself', () => folder, 'it is a directory'],
		['below a file', () => join(import.meta.filename, 'ktop.log'), 'not a directory'],
	])('cannot be in %s', (_, where, code) => {
		expect(() => openLogFile(where())).toThrow(
			new KtopError({
				code: 'usage',
				brief: 'cannot log',
				message: `--log ${where()} cannot be written: ${code}`,
				hint: 'name a file in a folder that you can write to',
			}),
		);
	});
});
