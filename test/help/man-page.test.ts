import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {manPage} from '../../source/help/man-page.ts';
import {escapeRoff, renderRoff} from '../../source/help/render-roff.ts';
import {TOPICS} from '../../source/help/topics.ts';
import {COMMAND_WORDS} from '../../source/options/command-words.ts';
import {FLAGS} from '../../source/options/option-table.ts';

const page = manPage('1.2.3');

function isThere(program: string): boolean {
	return (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, program)));
}

function pageFile(): string {
	const file = join(mkdtempSync(join(tmpdir(), 'ktop-man-')), 'ktop.1');
	writeFileSync(file, page);
	return file;
}

describe('the manual page', () => {
	test('has every command, every flag and every topic', () => {
		for (const word of Object.keys(COMMAND_WORDS)) {
			expect(page).toContain(`\n.TP\n\\fB${word}\\fR\n`);
		}

		for (const {name} of FLAGS) {
			expect(page).toContain(`\\fB${escapeRoff(`--${name}`)}\\fR`);
		}

		for (const name of Object.keys(TOPICS)) {
			expect(page).toMatch(new RegExp(`^\\.SH "${name.toUpperCase()}`, 'm'));
		}
	});

	test('is ASCII, so that no encoding need be guessed', () => {
		expect(page.match(/[^\n\x20-\x7E]/gu)).toBeNull();
	});

	test.skipIf(!isThere('mandoc'))('passes mandoc’s lint, which misses the date alone', () => {
		const {stdout} = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', pageFile()], {encoding: 'utf8'});
		expect(stdout).toMatch(/^mandoc: [^\n]*: WARNING: missing date[^\n]*\n$/);
	});

	test.skipIf(!isThere('man'))('is shown by man', () => {
		const shown = execFileSync('man', ['--warnings', '--local-file', pageFile()], {
			encoding: 'utf8',
			env: {...process.env, MANWIDTH: '80', MANPAGER: 'cat', LC_ALL: 'C.UTF-8'},
		});
		expect(shown).toMatch(/--kubelet-address-types LIST/);
		expect(shown).toMatch(/ktop --json \| jq '\.nodes\[\] \| \{name, cores: \.cpu\.usageCores\}'/);
		expect(shown).toMatch(/403 needs …/);
	});
});

describe('a topic in roff', () => {
	test.each([
		['a `-x\\y` b', '.PP\na \\fB\\-x\\(rsy\\fR b\n'],
		['.PP is text', '.PP\n\\&.PP is text\n'],
		['- one\n- two', '.IP \\(bu 2\none\n.IP \\(bu 2\ntwo\n'],
		['## It\u2019s "so"\n\ntext', '.SS "It\\[u2019]s \\(dqso\\(dq"\ntext\n'],
		['```\n.x\n```', '.PP\n.RS 4\n.nf\n\\&.x\n.fi\n.RE\n'],
		['| a | b |\n| --- | --- |\n| `k` | v |', '.TP\n\\fBk\\fR\nv\n'],
	])('%j', (markdown, roff) => {
		expect(renderRoff(markdown)).toBe(roff);
	});
});
