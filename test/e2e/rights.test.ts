import {beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {KTOP_ROLE} from '../../source/cluster/rbac/manifest.ts';
import {report} from '../reliability/report.ts';
import {startAuthorizedCluster, USER} from './authorized-cluster.ts';
import {openKtop, runKtop} from './ktop.ts';

type Cluster = Awaited<ReturnType<typeof startAuthorizedCluster>>;
type Finding = {
	readonly check: string;
	readonly verdict: string;
	readonly code?: string;
	readonly fix?: readonly string[];
};

/** All verbs and resources of the manifest, one by one. */
const RIGHTS = KTOP_ROLE.rules.flatMap(({resources, verbs}) =>
	resources.flatMap(resource => verbs.map(verb => `${verb} ${resource}`)),
);

/** What of the manifest ktop itself does not ask for: kubectl does, for the keys `l` and `s`. */
const OF_KUBECTL = ['get nodes', 'get pods'];

type Case = {
	readonly right: string;
	/** On the screen, or where `e` explains the page of the node. */
	readonly shown: RegExp;
	readonly isExplained: boolean;
	/** In the pipe's notices and errors; undefined: the pipe does not read what the right is for. */
	readonly said: string | undefined;
	readonly check: string;
};

const CASES: readonly Case[] = [
	{
		right: 'list nodes',
		shown: /nodes: hidden \(403 on list nodes\)/,
		isExplained: false,
		said: 'nodes: hidden (403 on list nodes)',
		check: 'list nodes',
	},
	{
		right: 'watch nodes',
		shown: /nodes: updates are delayed \(no right to watch nodes\)/,
		isExplained: false,
		said: 'nodes: updates are delayed (no right to watch nodes)',
		check: 'watch nodes',
	},
	{
		right: 'list pods',
		shown: /pods: hidden in all namespaces \(403 on list pods\)/,
		isExplained: false,
		said: 'pods: hidden in all namespaces (403 on list pods); -n NAMESPACE names one that you may see',
		check: 'list pods',
	},
	{
		right: 'watch pods',
		shown: /pods: updates are delayed \(no right to watch pods\)/,
		isExplained: false,
		said: 'pods: updates are delayed (no right to watch pods)',
		check: 'watch pods',
	},
	{
		right: 'get nodes/stats',
		shown: /403 needs nodes\/stats/,
		isExplained: true,
		said: 'kubelet HOST forbids jane to get nodes/stats',
		check: 'nodes',
	},
	{
		right: 'get nodes/metrics',
		shown: /403 needs nodes\/metrics/,
		isExplained: true,
		said: undefined,
		check: 'nodes',
	},
];

const briefOf = (shown: RegExp): string => shown.source.replaceAll('\\', '');

let manifest: string;
beforeAll(async () => {
	manifest = (await runKtop(['rbac', '--for-user', USER])).stdout;
});

async function startWithManifest(): Promise<Cluster> {
	const cluster = await startAuthorizedCluster();
	cluster.rbac.apply(manifest);
	return cluster;
}

/** Notices and errors of a snapshot. */
async function saidInPipe({kubeconfig}: Cluster): Promise<readonly string[]> {
	const {stdout, stderr} = await runKtop([
		'-o',
		'ndjson',
		'--count',
		'2',
		'--interval',
		'1s',
		'--kubeconfig',
		kubeconfig,
	]);
	expect(stdout, stderr).not.toBe('');
	// The first may be printed before a watch is refused.
	const {notices, errors} = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
		readonly notices: readonly string[];
		readonly errors: ReadonlyArray<{readonly message: string}>;
	};
	return [...notices, ...errors.map(({message}) => message)].map(text =>
		text.replace(/https:\/\/[\w.:]+/, 'HOST'),
	);
}

async function findings({kubeconfig}: Cluster): Promise<readonly Finding[]> {
	const {stdout} = await runKtop(['doctor', '-o', 'json', '--kubeconfig', kubeconfig]);
	const report: {readonly findings: readonly Finding[]} = JSON.parse(stdout);
	return report.findings.filter(
		// The recorded samples are old, and what d, l and s need is optional.
		({check}) => check !== 'node clocks' && !check.includes('(key '),
	);
}

const lacking = (all: readonly Finding[]): readonly Finding[] => all.filter(({code}) => code === 'forbidden');

async function expectOnScreen({kubeconfig}: Cluster, shown: RegExp, isExplained: boolean): Promise<void> {
	const terminal = openKtop(['--kubeconfig', kubeconfig, '--interval', '1s'], {columns: 160, rows: 50});
	onTestFinished(terminal.close);
	if (isExplained) {
		await terminal.until('the node', screen => /^▸ node-a/m.test(screen));
		terminal.type('\r');
		await terminal.until('the page of the node', screen => screen.includes('nodes › node-a › containers'));
		terminal.type('e');
	}

	await terminal.until(String(shown), screen => shown.test(screen));
	terminal.signal('SIGTERM');
	await terminal.exitCode;
}

describe('the rights of ktop rbac', () => {
	test('nothing: all of them are granted', async ({task}) => {
		const cluster = await startWithManifest();
		expect(await saidInPipe(cluster)).toEqual([]);
		expect(
			(await findings(cluster)).filter(({verdict}) => verdict === 'failed' || verdict === 'warning'),
		).toEqual([]);
		await expectOnScreen(cluster, /ok \d+ms/, false);
		// Doctor tries the optional rights, too.
		expect([...cluster.used].filter(right => !RIGHTS.includes(right)).sort()).toEqual([
			'get pods/log',
			'list events',
		]);
		report(task, 'rights', 'everything', '–', '–');
	});

	test.for(CASES.map(one => [one.right, one] as const))(
		'%s',
		async ([right, {shown, isExplained, said, check}], {task}) => {
			const cluster = await startWithManifest();
			const [verb = '', resource = ''] = right.split(' ');
			cluster.rbac.revoke(verb, resource);

			expect(await saidInPipe(cluster)).toEqual(said === undefined ? [] : expect.arrayContaining([said]));
			await expectOnScreen(cluster, shown, isExplained);
			const missing = lacking(await findings(cluster));
			expect(missing.map(finding => finding.check)).toEqual([check]);

			const [what = '', ...lines] = missing[0]?.fix ?? [];
			const fix = lines.join('\n');
			expect(what).toContain('kubectl apply');
			expect(fix).not.toContain('nodes/proxy');
			cluster.rbac.apply(fix);
			expect(await saidInPipe(cluster)).toEqual([]);
			expect(lacking(await findings(cluster))).toEqual([]);
			const granted = /resources: \[(.*)\]\n {4}verbs: \[(.*)\]/.exec(fix) ?? [];
			const [, resources = '', verbs = ''] = granted.map(list => list.replaceAll('"', ''));
			report(
				task,
				'rights',
				said ?? `where it is looked at: ${briefOf(shown)}`,
				'forbidden',
				`${verbs} of ${resources}`,
			);
		},
	);

	test.for(OF_KUBECTL)('%s', async (right, {task}) => {
		const cluster = await startWithManifest();
		const [verb = '', resource = ''] = right.split(' ');
		cluster.rbac.revoke(verb, resource);
		expect(await saidInPipe(cluster)).toEqual([]);
		expect(lacking(await findings(cluster))).toEqual([]);
		expect(cluster.used).not.toContain(right);
		report(task, 'rights', 'everything: kubectl has it from ktop rbac, and ktop does not use it', '–', '–');
	});

	test('are each taken away in a test above', () => {
		expect([...CASES.map(({right}) => right), ...OF_KUBECTL].sort()).toEqual([...RIGHTS].sort());
	});
});
