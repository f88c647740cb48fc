import {expect, test} from 'vitest';
import {KTOP_ROLE, roleManifest} from '../../source/cluster/rbac/manifest.ts';
import {subjectOfUser} from '../../source/cluster/rbac/subject-of-user.ts';
import {checkRights} from '../../source/doctor/check-rights.ts';
import type {Finding} from '../../source/doctor/finding.ts';
import {grantForKubelet} from '../../source/doctor/missing-right.ts';
import {kubeletAnswerFailure} from '../../source/scrape/kubelet/answer-failure.ts';
import {startAuthorizingServer} from './authorizing-server.ts';

const LIMITS = {timeoutMs: 5000, namespaces: undefined, ownNamespace: 'shop'};

type Server = Awaited<ReturnType<typeof startAuthorizingServer>>;

const check = (server: Server, user: string) => checkRights(server.as(user), LIMITS);

/** What a kubelet that asks the same server says, as doctor tells it. */
async function fixOfKubelet(server: Server, user: string): Promise<readonly string[] | undefined> {
	const answer = await server.as(user).get('/stats/summary', {timeoutMs: 5000, maxBytes: 10_000});
	return answer.status === 200
		? undefined
		: grantForKubelet(kubeletAnswerFailure(server.origin, '/stats/summary', answer));
}

/** The manifest below what to do with it. */
const manifestOf = ([first, ...rest]: readonly string[]): string => {
	expect(first).toContain('kubectl apply');
	return rest.join('\n');
};

const isManifest = (fix: readonly string[]): boolean => fix[0]?.includes('kubectl apply') === true;

const missing = (findings: readonly Finding[]) =>
	findings.filter(({code}) => code !== undefined).map(({check, verdict}) => [check, verdict]);

/** Names as certificates, OIDC issuers and service accounts give them, two alike but for what a name cannot hold. */
const USERS = [
	'jane',
	'https://issuer.example/realms/a#bob@corp',
	'https://issuer.example/realms/a%bob@corp',
	'system:serviceaccount:ops:viewer',
];

test('fixes applied one after the other, for one user after the other, leave all of them with all rights', async () => {
	const server = await startAuthorizingServer();
	for (const user of USERS) {
		const findings = await check(server, user);
		expect(missing(findings)).toEqual([
			['list nodes', 'failed'],
			['list pods', 'failed'],
			['events (key d)', 'skipped'],
			['logs (key l)', 'skipped'],
		]);
		for (const {fix} of findings.filter(finding => isManifest(finding.fix))) {
			server.apply(manifestOf(fix));
		}

		server.apply(manifestOf((await fixOfKubelet(server, user)) ?? []));
	}

	for (const user of USERS) {
		expect([user, missing(await check(server, user))]).toEqual([user, []]);
		expect(await fixOfKubelet(server, user)).toBeUndefined();
	}

	expect([...server.methods]).toEqual(['GET']);
});

test('doctor’s fixes and the manifests of rbac do not overwrite each other', async () => {
	const server = await startAuthorizingServer();
	server.apply(roleManifest(KTOP_ROLE, [subjectOfUser('jane')]));
	for (const {fix} of (await check(server, 'bob')).filter(finding => isManifest(finding.fix))) {
		server.apply(manifestOf(fix));
	}

	server.apply(
		roleManifest(KTOP_ROLE, [{kind: 'Group', name: 'bob'}, subjectOfUser('system:serviceaccount:a:ktop')]),
	);
	server.apply(roleManifest(KTOP_ROLE, [subjectOfUser('system:serviceaccount:b:ktop')]));

	for (const user of [
		'jane',
		'bob',
		'group bob',
		'system:serviceaccount:a:ktop',
		'system:serviceaccount:b:ktop',
	]) {
		const lacking = missing(await check(server, user)).filter(([what = '']) => !what.includes('(key '));
		expect([user, lacking]).toEqual([user, []]);
	}
});

const holding = (verbs: readonly string[]) =>
	roleManifest({name: 'custom', rules: [{group: '', resources: ['nodes', 'pods'], verbs}]}, [
		subjectOfUser('jane'),
	]);

test('where only watch is missing, doctor says so, and the fix takes nothing away', async () => {
	const server = await startAuthorizingServer();
	server.apply(holding(['list']));
	const findings = await check(server, 'jane');
	const watch = findings.find(finding => finding.check === 'watch pods');
	expect(watch?.message).toMatch(/^only watch on pods is missing, so changes show late: /);
	expect(findings.map(finding => finding.check)).not.toContain('namespace');

	server.apply(manifestOf(watch?.fix ?? []));
	const after = await check(server, 'jane');
	expect(missing(after)).toEqual([
		['watch nodes', 'warning'],
		['events (key d)', 'skipped'],
		['logs (key l)', 'skipped'],
	]);
});

test('where only list is missing, watch is not said to be', async () => {
	const server = await startAuthorizingServer();
	server.apply(holding(['watch']));
	const findings = await check(server, 'jane');
	expect(findings.map(({check, verdict}) => `${check} ${verdict}`).slice(0, 4)).toEqual([
		'list nodes failed',
		'watch nodes ok',
		'list pods failed',
		'watch pods ok',
	]);
});

test('the rights that d, l and s need are named, as optional ones', async () => {
	const server = await startAuthorizingServer();
	const findings = await check(server, 'jane');
	const of = (what: string) => findings.find(({check}) => check === what);
	expect(of('events (key d)')?.message).toMatch(/^optional: facts show events with list on events; /);
	expect(of('events (key d)')?.fix.join('\n')).toContain('resources: ["events"]\n    verbs: ["list"]');
	expect(of('logs (key l)')?.message).toMatch(/^optional: l needs get on pods\/log; /);
	expect(of('logs (key l)')?.fix.join('\n')).toContain('resources: ["pods/log"]\n    verbs: ["get"]');
	expect(of('shell (key s)')).toMatchObject({
		verdict: 'skipped',
		message: expect.stringContaining('create on pods/exec'),
		fix: [expect.stringContaining('kubectl auth can-i create pods/exec --namespace shop')],
	});
});
