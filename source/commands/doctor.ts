import type {Connection} from '../cluster/connection/connection.ts';
import {unusableKubeconfig} from '../cluster/connection/kubeconfig/unusable.ts';
import {type ClusterParts, connectCluster} from '../connect/open-cluster.ts';
import {openHistory} from '../connect/open-history.ts';
import {openSources} from '../connect/open-sources.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import {checkHistory} from '../doctor/check-history.ts';
import {checkNodes} from '../doctor/check-nodes.ts';
import {checkRights} from '../doctor/check-rights.ts';
import {checkServer} from '../doctor/check-server.ts';
import {checkTargets} from '../doctor/check-targets.ts';
import {bad, type Finding, good, skipped, warning} from '../doctor/finding.ts';
import {describeFindings, findingsJson} from '../doctor/report.ts';
import {KtopError} from '../metrics/model/failure.ts';
import type {Log} from '../metrics/model/log.ts';
import type {OptionsOf} from '../options/options.ts';
import {nodesOfPods} from '../scrape/node/nodes-of-pods.ts';
import {leaveParserUnoptimized} from './v8-flags.ts';

/** Runs all checks and prints their findings. Returns the exit code: 1 if a check failed. */
export async function doctor(options: OptionsOf<'doctor'>, log?: Log): Promise<number> {
	leaveParserUnoptimized();
	const findings = await examineContexts(options, log);
	const isJson = options.output.format === 'json' || options.output.format === 'ndjson';
	process.stdout.write(isJson ? findingsJson(findings, Date.now()) : describeFindings(findings));
	const failed = findings
		.filter(({verdict}) => verdict === 'failed')
		.map(({context, check}) => (context === undefined ? check : `${context}: ${check}`));
	if (failed.length === 0) {
		return 0;
	}

	process.stderr.write(`ktop: failed: ${[...new Set(failed)].join(', ')}\n`);
	return 1;
}

/** Each of several contexts on its own, all at the same time. */
async function examineContexts(
	options: OptionsOf<'doctor'>,
	log: Log | undefined,
): Promise<readonly Finding[]> {
	const {contexts} = options.cluster;
	if (contexts.length < 2) {
		return examine(options, log);
	}

	const findings = await Promise.all(
		contexts.map(async context => {
			const own = await examine({...options, cluster: {...options.cluster, contexts: [context]}}, log);
			return own.map(finding => ({...finding, context}));
		}),
	);
	return findings.flat();
}

async function examine(options: OptionsOf<'doctor'>, log: Log | undefined): Promise<readonly Finding[]> {
	const url = options.origin.sources.find(({kind}) => kind === 'kubernetes');
	if (url === undefined && options.origin.sources.length > 0) {
		return examineSources(options, log);
	}

	let parts: ClusterParts | undefined;
	try {
		parts = await connectCluster(
			url?.kind === 'kubernetes' ? url.url : undefined,
			options,
			processSurroundings(() => false, log),
		);
	} catch (error) {
		if (error instanceof KtopError) {
			return [bad('kubeconfig', error)];
		}

		throw error;
	}

	const problem =
		parts?.access.origin === 'kubeconfig' || parts?.access.origin === 'url'
			? undefined
			: await unusableKubeconfig(process.env);
	if (parts === undefined) {
		const none = problem ?? 'there is none';
		return [
			warning('kubeconfig', `${none}, and this is not a pod: ktop shows this machine`, [
				'set KUBECONFIG, or give --kubeconfig FILE or --source kubernetes:https://HOST:6443',
			]),
		];
	}

	try {
		return [
			...(problem === undefined ? [] : [warning('kubeconfig', problem, ['correct or unset KUBECONFIG'])]),
			describeAccess(parts.connection),
			...(await examineCluster(parts, options)),
		];
	} finally {
		await parts.connection.close();
	}
}

/** Checks sources given by `--source` that are not clusters. */
async function examineSources(
	options: OptionsOf<'doctor'>,
	log: Log | undefined,
): Promise<readonly Finding[]> {
	const sources = await openSources(
		options,
		processSurroundings(() => false, log),
	);
	try {
		const {signal} = new AbortController();
		return [
			...(await checkTargets(sources.targets, options.polling.requestTimeoutMs, signal)),
			...(options.origin.history === undefined ? [] : [await findHistory(options, signal)]),
		];
	} finally {
		await sources.close();
	}
}

async function findHistory(
	{origin: {history}, polling: {requestTimeoutMs}}: OptionsOf<'doctor'>,
	signal: AbortSignal,
): Promise<Finding> {
	if (history === undefined) {
		return skipped('history', 'none is configured: ktop shows only its own samples');
	}

	try {
		return await checkHistory(await openHistory(history, requestTimeoutMs), Date.now(), signal);
	} catch (error) {
		if (error instanceof KtopError) {
			return bad('history', error);
		}

		throw error;
	}
}

function describeAccess({label}: Connection): Finding {
	const {origin, context, cluster, user, server} = label;
	const parts = [
		context === undefined ? undefined : `context ${context}`,
		cluster === undefined ? undefined : `cluster ${cluster}`,
		user === undefined ? undefined : `user ${user}`,
	].filter(part => part !== undefined);
	const from = {
		kubeconfig: 'kubeconfig',
		'in-cluster': 'this pod’s service account',
		url: 'the command line',
	}[origin];
	return good('kubeconfig', `from ${from}: ${[...parts, server].join(', ')}`);
}

async function examineCluster(
	{connection, inventory, routes}: ClusterParts,
	options: OptionsOf<'doctor'>,
): Promise<readonly Finding[]> {
	const timeoutMs = options.polling.requestTimeoutMs;
	const server = await checkServer(connection, {
		timeoutMs,
		now: Date.now,
		isInsecure: connection.label.isInsecure,
	});
	if (server.some(({verdict}) => verdict === 'failed')) {
		const {signal} = new AbortController();
		return [
			...server,
			skipped('rights', 'not tried'),
			skipped('nodes', 'not tried'),
			await findHistory(options, signal),
		];
	}

	const rights = await checkRights(connection.api, {
		timeoutMs,
		namespaces: options.selection.namespaces,
		ownNamespace: connection.label.namespace,
	});
	const abort = new AbortController();
	try {
		await inventory.start(abort.signal);
		const nodes = inventory.status('nodes').isListed
			? [...inventory.nodes().values()]
			: nodesOfPods(inventory.pods().values());
		return [
			...server,
			...rights,
			...(await checkNodes(nodes, routes, abort.signal)),
			await findHistory(options, abort.signal),
		];
	} finally {
		abort.abort();
		await inventory.close();
	}
}
