import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parseMarkdown} from '../../source/help/markdown.ts';
import {renderText} from '../../source/help/render-text.ts';
import {summaryOf, TOPICS} from '../../source/help/topics.ts';
import {THRESHOLDS} from '../../source/metrics/model/threshold.ts';
import {FLAGS} from '../../source/options/option-table.ts';
import {MADE_BY_CODE, withMadeByCode} from './made-by-code.ts';

const folder = join(import.meta.dirname, '../../source/help');
const topics = Object.entries(TOPICS);

describe('the topics', () => {
	test('are all Markdown files of the folder', () => {
		const files = readdirSync(folder).filter(name => name.endsWith('.md'));
		expect(Object.keys(TOPICS).map(name => `${name}.md`)).toHaveLength(files.length);
		expect(files).toEqual(expect.arrayContaining(Object.keys(TOPICS).map(name => `${name}.md`)));
	});

	test.each(topics)('%s has a heading of its name with a summary', (_, text) => {
		expect(text).toMatch(/^# [^\n:]+: \S/);
		expect(summaryOf(text)).not.toBe('');
	});

	// With `vitest -u` the files are written anew.
	test.each(Object.keys(MADE_BY_CODE))('%s says what the code says', async topic => {
		const text = TOPICS[topic] ?? '';
		for (const [name, made] of Object.entries(MADE_BY_CODE[topic] ?? {})) {
			expect(text).toContain(`<!-- ${name}: `);
			expect(made.trim()).not.toBe('');
		}

		await expect(
			withMadeByCode(topic, text),
			'to write it anew: npx vitest run -u --config test/vitest.config.ts test/help',
		).toMatchFileSnapshot(join(folder, `${topic}.md`));
	});

	test.each(topics)('%s links to files that are there, and names flags that exist', (_, text) => {
		const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(match => match[1] ?? '');
		for (const link of links) {
			expect(() => readFileSync(join(folder, link))).not.toThrow();
		}

		const known = new Set(FLAGS.map(({name}) => name));
		const ofKubectl = ['raw', 'rm', 'overrides'];
		const named = [...text.matchAll(/(?<=[\s`'(|])--([a-z][a-z-]*[a-z])(?![.\w])/g)].map(
			match => match[1] ?? '',
		);
		expect(named.filter(name => !known.has(name) && !ofKubectl.includes(name))).toEqual([]);
	});

	test.each(topics)('%s fits into 80 columns, code and its first columns aside', (_, text) => {
		const code = new Set(parseMarkdown(text).flatMap(block => (block.kind === 'code' ? block.lines : [])));
		const wide = renderText(text, {width: 80, isColored: false})
			.split('\n')
			.filter(line => [...line].length > 80 && !code.has(line.slice(4)));
		expect(wide.filter(line => line.trim().includes(' '))).toEqual([]);
	});
});

test.each(Object.entries(THRESHOLDS))('the problem “%s” is explained, from %s of it on', (name, share) => {
	const section = /^## Problems[\s\S]*?(?=^## )/m.exec(TOPICS.troubleshooting ?? '')?.[0] ?? '';
	const row = section.split('\n').find(line => line.startsWith('|') && line.includes(`\`${name}\``)) ?? '';
	expect(row).toContain(share === 1 ? name : `${share * 100} %`);
});
