import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {recorderManifest} from '../../source/cluster/rbac/recorder-manifest.ts';
import {codesFor} from '../../source/help/error-pages.ts';
import {TOPICS} from '../../source/help/topics.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

const root = resolve(import.meta.dirname, '../..');
const documents = [
	'README.md',
	'CHANGELOG.md',
	'source/README.md',
	...['.github', '.github/ISSUE_TEMPLATE', 'source/help'].flatMap(folder =>
		readdirSync(join(root, folder))
			.filter(name => name.endsWith('.md'))
			.map(name => `${folder}/${name}`),
	),
];
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Lines of fenced code, and code within lines. */
function codeOf(markdown: string): readonly string[] {
	const fences = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
	return [...fences.filter(([, language]) => language === '' || language === 'sh' || language === 'shell')]
		.flatMap(([, , code = '']) => code.split('\n'))
		.concat(
			[...markdown.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) =>
				code.replaceAll('\\|', '|'),
			),
		);
}

/** The arguments of each call of ktop in a line of a shell; quotes are read, and variables are not. */
function callsOf(line: string): ReadonlyArray<readonly string[]> {
	const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\|\||&&|[|;()>]|\$\()|([^\s'"|;()>]+)/g)].map(
		([, single, double, sign, plain]) => ({sign, text: single ?? double ?? plain ?? ''}),
	);
	const calls: string[][] = [];
	let call: string[] | undefined;
	let isAtStart = true;
	for (const {sign, text} of words) {
		if (sign !== undefined || text === '#' || text.startsWith('2>')) {
			call = undefined;
			isAtStart = true;
			if (text === '#') {
				break;
			}
		} else if (isAtStart && text === 'ktop') {
			call = [];
			calls.push(call);
			isAtStart = false;
		} else {
			call?.push(text);
			isAtStart = isAtStart && /^\w+=/.test(text);
		}
	}

	return calls;
}

describe.each(documents)('%s', name => {
	const text = read(name);

	test('links to what is there', () => {
		const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
		expect(links.filter(link => !existsSync(resolve(root, dirname(name), link)))).toEqual([]);
	});

	test('names scripts, files and folders of the repository that are there', () => {
		const paths = codeOf(text).flatMap(
			code => code.match(/(?<![\w/.])(?:source|test|\.ci|\.github|\.build)\/[\w./-]+/g) ?? [],
		);
		expect(
			paths.filter(
				path => !/NAME|LEVEL|folder/i.test(path) && !existsSync(join(root, path.replace(/[.]$/, ''))),
			),
		).toEqual([]);
	});

	test('has only command lines that ktop takes', () => {
		const wrong = codeOf(text)
			.flatMap(callsOf)
			// A command that is named alone stands for itself.
			.filter(words => words.length !== 1)
			.flatMap(words => {
				const parsed = parseOptions(words, {});
				return parsed.kind === 'problems' ? [`ktop ${words.join(' ')}: ${parsed.problems.join('; ')}`] : [];
			});
		expect(wrong).toEqual([]);
	});
});

test('command lines are found in the documents', () => {
	expect(callsOf("A=$(b c -n d) ktop --filter 'a | b' | jq . && ktop -o csv > x # ktop --nonsense")).toEqual([
		['--filter', 'a | b'],
		['-o', 'csv'],
	]);
	expect(documents.flatMap(name => codeOf(read(name)).flatMap(callsOf)).length).toBeGreaterThan(50);
});

test('the README leads to every topic, and its words of the screen have pages', () => {
	const text = read('README.md');
	for (const name of Object.keys(TOPICS)) {
		expect(text).toContain(`(source/help/${name}.md)`);
	}

	const section = /^## When something is missing$[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? '';
	const words = [...section.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
	);
	expect(words.length).toBeGreaterThan(5);
	expect(words.filter(word => word !== '–' && codesFor(word).length === 0)).toEqual([]);
});

test('a report of a fault is asked for what ktop doctor prints, and for a recording', () => {
	expect(read('.github/ISSUE_TEMPLATE/bug.md')).toMatch(/ktop doctor -o json[\s\S]*ktop record --sink file:/);
	expect(read('.github/pull_request_template.md')).toMatch(/recording or `ktop doctor -o json`/);
});

test('the image is made of what npm pack makes, and runs as the user of the manifests', () => {
	const recipe = read('.github/Containerfile');
	const {name, bin} = JSON.parse(read('package.json'));
	expect(recipe).toContain(`tar -xzf ${name}-*.tgz`);
	expect(recipe).toContain(`ln -s /opt/ktop/${bin.ktop} `);
	const user = /^USER (\d+):/m.exec(recipe)?.[1] ?? '';
	expect(user).not.toBe('0');
	const manifest = recorderManifest({
		name: 'ktop-record',
		namespace: 'monitoring',
		serviceAccount: 'ktop',
		image: 'registry.example.org/ktop:0.1.0',
		sink: 'influxdb:http://influxdb:8086',
		recorders: 1,
	});
	expect(manifest).toContain(`runAsUser: ${user}\n`);
});
