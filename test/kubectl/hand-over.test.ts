import {describe, expect, test} from 'vitest';
import {anonymousUser, type ClusterAccess, emptyCluster} from '../../source/cluster/connection/access.ts';
import {
	clusterFlags,
	endedLogsArguments,
	handOver,
	kubectlArguments,
} from '../../source/kubectl/hand-over.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {podRow} from '../metrics/rows.ts';

function optionsOf(...argv: readonly string[]) {
	const request = parseOptions(argv, {});
	if (request.kind !== 'run') {
		throw new Error(request.kind);
	}

	return request.options;
}

const PLACE = {namespace: 'shop', pod: 'web-0', container: 'app'};
const PROD: ClusterAccess = {
	origin: 'kubeconfig',
	context: 'prod',
	clusterName: 'prod-eu',
	userName: 'reader',
	namespace: 'default',
	cluster: {...emptyCluster, server: 'https://prod:6443'},
	user: anonymousUser,
};

describe('the arguments of kubectl', () => {
	test('logs are those of the container, as they come', () => {
		const where = clusterFlags(PROD, optionsOf('--context', 'prod', '--as', 'me')) ?? [];
		expect(kubectlArguments('logs', PLACE, where)).toEqual([
			'logs',
			'--context=prod',
			'--as=me',
			'--namespace=shop',
			'--follow',
			'--tail=200',
			'--container=app',
			'pod/web-0',
		]);
	});

	test('logs of a pod are those of all its containers', () => {
		expect(kubectlArguments('logs', {...PLACE, container: undefined}, [])).toContain('--all-containers');
	});

	test.each([
		[true, ['--previous']],
		[false, []],
	])(
		'logs of a container that ended end, and are the previous ones if it was replaced: %s',
		(isPrevious, flags) => {
			expect(endedLogsArguments({name: 'app', isPrevious}, PLACE, ['--context=prod'])).toEqual([
				'logs',
				'--context=prod',
				'--namespace=shop',
				...flags,
				'--tail=200',
				'--container=app',
				'pod/web-0',
			]);
		},
	);

	test('a name is an argument of its own, and never a flag or a word of a shell', () => {
		const args = kubectlArguments('shell', {...PLACE, namespace: 'a b; rm -rf /', pod: '--token=x'}, []);
		expect(args).toContain('--namespace=a b; rm -rf /');
		expect(args.slice(-5)).toEqual(['pod/--token=x', '--', 'sh', '-c', expect.any(String)]);
		expect(args.filter(argument => argument.startsWith('--token'))).toEqual([]);
	});
});

describe('the flags for the cluster of a kubeconfig', () => {
	test.each([
		['--kubeconfig', 'other'],
		['--cluster', 'prod-eu'],
		['--user', 'reader'],
		['--server', 'https://10.0.0.1'],
		['--tls-server-name', 'prod'],
		['--certificate-authority', 'ca.crt'],
		['--as', 'me'],
	])('hold %s', (flag, value) => {
		expect(clusterFlags(PROD, optionsOf(flag, value))).toContain(`${flag}=${value}`);
	});

	test('hold what goes together', () => {
		const argv = ['--client-certificate', 'me.crt', '--client-key', 'me.key', '--insecure-skip-tls-verify'];
		expect(clusterFlags(PROD, optionsOf(...argv))).toEqual([
			'--context=prod',
			'--insecure-skip-tls-verify',
			'--client-certificate=me.crt',
			'--client-key=me.key',
		]);
		expect(
			clusterFlags(PROD, optionsOf('--as', 'me', '--as-uid', '7', '--as-group', 'a', '--as-group', 'b')),
		).toEqual(['--context=prod', '--as=me', '--as-uid=7', '--as-group=a', '--as-group=b']);
	});

	test('name the context that was the current one when ktop started', () => {
		expect(clusterFlags(PROD, optionsOf())).toEqual(['--context=prod']);
	});

	test.each([
		['a token', PROD, ['--token', 'secret']],
		['a token’s file', PROD, ['--token-file', 'token']],
		['a URL alone', {...PROD, origin: 'url' as const}, ['--source', 'kubernetes:https://prod:6443']],
		['the service account of the pod around', {...PROD, origin: 'in-cluster' as const}, []],
	])('do not exist for %s', (_what, access, argv) => {
		expect(clusterFlags(access, optionsOf(...argv))).toBeUndefined();
	});
});

describe('kubectl is not called', () => {
	test('for the logs of what ended if nothing has', async () => {
		const said = await handOver('ended-logs', podRow('web-0'), {accessTo: () => PROD}, optionsOf());
		expect(said).toBe('no container of web-0 has ended: l shows the logs of those that run');
	});

	test.each([
		['where no cluster is read', ['--source', 'local'], /nothing here is read from a cluster/],
		[
			'where it is not certain which cluster the pod is in',
			['--source', 'kubernetes', '--source', 'kubernetes:http://127.0.0.1:1'],
			/not certain which cluster/,
		],
	])('%s, and the reason is shown', async (_what, argv, why) => {
		const row = podRow('web-0');
		expect(await handOver('shell', row, {accessTo: () => undefined}, optionsOf(...argv))).toMatch(why);
	});
});
