import {describeObject} from '../cluster/description/describe.ts';
import {createInventory} from '../cluster/inventory/inventory.ts';
import {startDemo} from '../demo/demo-cluster.ts';
import {parseDemoOptions} from '../demo/demo-options.ts';
import {createEndpoint} from '../http/create-endpoint.ts';
import type {SourceOptions} from '../options/options.ts';
import type {OpenKubelet} from '../scrape/kubelet/open-kubelet.ts';
import {kubeletTarget} from '../scrape/kubelet/target.ts';
import {withProcesses} from './demo-target.ts';
import {followInventory} from './follow-inventory.ts';
import type {OpenSource} from './open-source.ts';

const CONNECTIONS = 8;

/** A simulated cluster: its API server and kubelets are real HTTP servers, each kubelet at a path of its own. */
export async function openDemo(
	text: string,
	{selection}: Pick<SourceOptions, 'selection'>,
	open?: OpenKubelet,
): Promise<OpenSource> {
	const options = parseDemoOptions(text);
	const demo = await startDemo(options);
	const api = createEndpoint({
		origin: demo.apiUrl,
		words: {
			server: 'demo API server',
			caFlag: '--certificate-authority FILE',
			insecureFlag: '--insecure-skip-tls-verify',
			serverNameFlag: '--tls-server-name NAME',
		},
		connections: CONNECTIONS,
	});
	const inventory = createInventory({
		api,
		scope: {
			namespaces: selection.namespaces,
			podSelector: selection.selector,
			nodeName: selection.nodeName,
		},
	});
	const listing = withProcesses(options);
	const close = async (): Promise<void> => {
		await inventory.close();
		await api.close();
		await demo.close();
	};
	try {
		const source = await followInventory(
			inventory,
			({name}) => listing(kubeletTarget({url: demo.kubeletUrl(name) ?? demo.apiUrl, name, open})),
			{api, selection},
		);
		return {
			...source,
			label: `demo of ${source.targets.length} node${source.targets.length === 1 ? '' : 's'}`,
			accessTo: () => undefined,
			describe: (object, signal) => describeObject(api, object, signal),
			context: undefined,
			kubernetesVersion: undefined,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
