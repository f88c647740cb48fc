import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {codesFor, ERROR_CODES, ERROR_PAGES, errorPage} from '../../source/help/error-pages.ts';

const source = join(import.meta.dirname, '../../source');
const texts = readdirSync(source, {recursive: true, encoding: 'utf8'})
	.filter(name => /\.tsx?$/.test(name) && !name.startsWith('help/'))
	.map(name => readFileSync(join(source, name), 'utf8'));

/** Every text of a `brief` in the source, with `…` for what is filled in, and the code beside it where it is plain. */
function briefs(): ReadonlyArray<{readonly brief: string; readonly code: string | undefined}> {
	return texts.flatMap(text => {
		const lines = text.split('\n');
		return lines.flatMap((line, at) => {
			const written = /\bbrief: (.*?)(?:, (?:hint|message)\b.*|,)?$/.exec(line)?.[1] ?? '';
			const literals = [...written.matchAll(/'([^']+)'|`([^`]+)`/g)]
				.map(match => (match[1] ?? match[2] ?? '').replace(/\$\{[^}]*\}/g, '…'))
				.filter(brief => /^[\w…-]/.test(brief));
			const around = lines.slice(Math.max(at - 2, 0), at + 1).join('\n');
			const codes = [...around.matchAll(/\bcode: '([a-z-]+)'/g)].map(match => match[1]);
			const isPlain = codes.length === 1 && !/code: [^']/.test(around);
			return literals.map(brief => ({brief, code: isPlain ? codes[0] : undefined}));
		});
	});
}

describe('the pages of errors', () => {
	test('explain every code that the source produces', () => {
		const produced = texts.flatMap(text => [...text.matchAll(/\bcode: '([a-z-]+)'/g)].map(match => match[1]));
		expect(new Set(produced).size).toBeGreaterThan(10);
		expect(produced.filter(code => !ERROR_CODES.some(known => known === code))).toEqual([]);
	});

	test('name the words of every failure in the source, on the page of its code', () => {
		const all = briefs();
		expect(all.length).toBeGreaterThan(80);
		const missing = all.filter(({brief, code}) => {
			const codes: readonly string[] = codesFor(brief.replaceAll('…', '5'));
			return code === undefined ? codes.length === 0 : !codes.includes(code);
		});
		expect(missing).toEqual([]);
	});

	test.each(ERROR_CODES)('say of %s what was seen, why, and what to do', code => {
		const {seen, why, fix, shown} = ERROR_PAGES[code];
		expect([seen, ...why, ...fix].filter(line => !/[.]$/.test(line))).toEqual([]);
		expect([why.length, fix.length, shown.length].filter(length => length === 0)).toEqual([]);
		expect(errorPage(code, 1)).toMatch(new RegExp(`^# ${code}: `));
	});

	test.each([
		['forbidden', ['forbidden']],
		['403 needs nodes/stats', ['forbidden']],
		['TLS: no IP SAN', ['tls-name-mismatch']],
		['timeout 10s', ['timeout']],
		['stored: refused', ['refused']],
		['502 not API server', ['bad-answer']],
		['API server down', ['server-error', 'timeout', 'unauthorized']],
		['403', ['forbidden']],
		['503', ['server-error', 'unreachable']],
		['500', ['bad-answer', 'server-error']],
		['600', []],
		['tls', ERROR_CODES.filter(code => code.startsWith('tls-'))],
		['nonsense', []],
		['.*', []],
	])('are found by %s', (text, codes) => {
		expect(codesFor(text)).toEqual(codes);
	});
});
