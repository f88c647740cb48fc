import {type ChildProcess, fork} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RigSize} from './churn.ts';
import {TLS_FOLDER} from './server-tls.ts';

export type RigCounts = {
	/** Summaries that the kubelets have sent since their start. */
	readonly served: number;
	/** How many of them were asked to have CPU and memory alone. */
	readonly servedLess: number;
	readonly servedBytes: number;
	/** What the kubelets themselves have cost. */
	readonly cpuMs: number;
};

export type Rig = {
	readonly size: RigSize;
	readonly kubeconfig: string;
	/** The kubelets' ports on 127.0.0.1, one a node. */
	readonly ports: readonly number[];
	readonly counts: () => Promise<RigCounts>;
	readonly close: () => void;
};

/** The authority of the rig's servers, a PEM file. */
export const RIG_CA = join(TLS_FOLDER, 'ca.crt');

/** Starts the kubelets and the API server of a cluster over HTTPS, each in a process of its own. */
export async function startRig(
	options: Partial<Omit<RigSize, 'startMs'>> & {readonly nodes: number},
): Promise<Rig> {
	const size: RigSize = {
		podsPerNode: 30,
		containersPerPod: 2,
		churnPerSecond: Math.min(50, options.nodes / 100),
		faultyShare: 0,
		startMs: Date.now(),
		...options,
	};
	const folder = mkdtempSync(join(tmpdir(), 'ktop-rig-'));
	const kubelets = start('kubelets.ts', JSON.stringify(size));
	const ports = await nextMessage<readonly number[]>(kubelets);
	writeFileSync(join(folder, 'cluster.json'), JSON.stringify({size, ports}));
	const api = start('api-server.ts', join(folder, 'cluster.json'));
	const port = await nextMessage<number>(api);
	const kubeconfig = join(folder, 'config');
	const authority = readFileSync(RIG_CA).toString('base64');
	writeFileSync(
		kubeconfig,
		JSON.stringify({
			'current-context': 'rig',
			clusters: [
				{
					name: 'rig',
					cluster: {server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority},
				},
			],
			users: [{name: 'rig', user: {token: 'rig'}}],
			contexts: [{name: 'rig', context: {cluster: 'rig', user: 'rig'}}],
		}),
	);
	return {
		size,
		kubeconfig,
		ports,
		counts() {
			const answer = nextMessage<RigCounts>(kubelets);
			kubelets.send('counts');
			return answer;
		},
		close() {
			kubelets.disconnect();
			api.disconnect();
			rmSync(folder, {recursive: true});
		},
	};
}

function start(file: string, argument: string): ChildProcess {
	return fork(join(import.meta.dirname, file), [argument], {execArgv: ['--import', 'tsx']});
}

/** The next message of a server; fails if the server ends before. */
function nextMessage<Message>(child: ChildProcess): Promise<Message> {
	return new Promise((resolve, reject) => {
		const end = (code: number | null): void => reject(new Error(`a server of the rig ended with ${code}`));
		child.once('exit', end);
		child.once('message', (message: Message) => {
			child.off('exit', end);
			resolve(message);
		});
	});
}
