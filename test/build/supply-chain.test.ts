import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readAudit} from '../../.ci/audit.mjs';
import {report} from '../reliability/report.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

type Locked = {
	readonly version: string;
	readonly integrity?: string;
	readonly resolved?: string;
	readonly license?: string;
	readonly dev?: boolean;
	readonly link?: boolean;
	readonly hasInstallScript?: boolean;
};

const manifest: Readonly<Record<'dependencies' | 'devDependencies', Record<string, string>>> = JSON.parse(
	read('package.json'),
);
const {'': _ktop, ...packages} = JSON.parse(read('package-lock.json')).packages as Record<string, Locked>;
const locked = Object.entries(packages);

/** Texts of these may be bundled into what ktop's own licence covers, with their notices. */
const BUNDLED_LICENSES = /^(?:MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0)$/;

/** These ask for nothing of who runs the tool. */
const TOOL_LICENSES = /^(?:MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|MPL-2\.0|BlueOak-1\.0\.0|CC0-1\.0)$/;

const isAllowed = (license: string | undefined, allowed: RegExp): boolean =>
	(license ?? '')
		.replace(/^\(|\)$/g, '')
		.split(' OR ')
		.some(one => allowed.test(one));

/** The packages in the first column of the table below a heading. */
function packagesOfTable(heading: string): readonly string[] {
	const lines = read('.github/CONTRIBUTING.md').split('\n');
	const start = lines.findIndex(line => line.startsWith(`| ${heading} `));
	const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
	return lines
		.slice(start + 2, end)
		.flatMap(line => (line.split('|')[1] ?? '').split(',').map(name => name.trim()));
}

describe('what ktop is made of', () => {
	test('each dependency has its reason in CONTRIBUTING.md, and nothing else has one', ({task}) => {
		const bundled = packagesOfTable('package');
		const tools = packagesOfTable('for development');
		expect([...bundled].sort()).toEqual(Object.keys(manifest.dependencies).sort());
		expect([...tools].sort()).toEqual(Object.keys(manifest.devDependencies).sort());
		report(task, 'supply', bundled.length + tools.length, 'packages that package.json names');
	});

	test('each package is pinned by its hash, and none comes from elsewhere than the registry', ({task}) => {
		expect(locked.length).toBeGreaterThan(0);
		expect(
			locked.filter(([, {integrity}]) => !/^sha512-/.test(integrity ?? '')).map(([name]) => name),
		).toEqual([]);
		expect(
			locked.filter(
				([, {resolved, link}]) =>
					link === true || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
			),
		).toEqual([]);
		report(task, 'supply', locked.length, 'packages in the lockfile');
	});

	test('no package of the bundle runs a program when it is installed, and of the tools esbuild alone', ({
		task,
	}) => {
		const scripts = locked.filter(([, {hasInstallScript}]) => hasInstallScript).map(([name]) => name);
		expect(scripts).toEqual(['node_modules/esbuild']);
		report(task, 'supply', locked.length, 'packages in the lockfile');
	});

	test('what is bundled has a licence that lets it be passed on', ({task}) => {
		const bundled = locked.filter(([, {dev}]) => dev !== true);
		expect(bundled.length).toBeGreaterThanOrEqual(Object.keys(manifest.dependencies).length);
		expect(bundled.filter(([, {license}]) => !isAllowed(license, BUNDLED_LICENSES))).toEqual([]);
		report(task, 'supply', bundled.length, 'packages that may be in the bundle');
	});

	test('the tools have licences that ask nothing of who runs them', ({task}) => {
		const tools = locked.filter(([, {dev}]) => dev === true);
		expect(tools.filter(([, {license}]) => !isAllowed(license, TOOL_LICENSES))).toEqual([]);
		report(task, 'supply', tools.length, 'tools and what they need');
	});
});

describe('the audit of CI', () => {
	const of = (vulnerabilities: object): string => JSON.stringify({auditReportVersion: 2, vulnerabilities});
	const advisory = {name: 'a', severity: 'high', via: [{title: 'it is bad', url: 'https://x'}, 'b']};

	test('names each package of the severities that it refuses', () => {
		expect(readAudit(of({a: advisory, b: {name: 'b', severity: 'low', via: ['a']}}), ['high'])).toEqual({
			kind: 'known',
			packages: ['a: high: it is bad (https://x)'],
		});
		expect(readAudit(of({}), ['high'])).toEqual({kind: 'known', packages: []});
	});

	test.each([
		[
			'an error of the registry',
			'{"message": "405 Method Not Allowed", "error": {"summary": ""}}',
			'405 Method Not Allowed',
		],
		['an error of npm', '{"error": {"code": "ENOLOCK", "summary": "needs a lockfile"}}', 'needs a lockfile'],
		['no JSON', 'npm error\nmore', 'npm error'],
		['nothing', '', 'npm audit printed nothing'],
		['JSON that is no report', 'null', 'an answer without a report'],
	])('takes %s for no knowledge, and says why', (_what, text, reason) => {
		expect(readAudit(text, ['high'])).toEqual({kind: 'unknown', reason});
	});
});
