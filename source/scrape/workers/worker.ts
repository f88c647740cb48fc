import {parentPort} from 'node:worker_threads';
import {HostedKubelets} from './hosted-kubelets.ts';
import type {Order} from './messages.ts';

// The entry of a scrape worker: connections, TLS, JSON and decoders of many kubelets, in a thread of their own.
const port = parentPort;
if (port === null) {
	throw new Error('only a thread of ktop starts this');
}

const kubelets = new HostedKubelets((report, transferred) => port.postMessage(report, transferred));
port.on('message', (order: Order) => kubelets.obey(order));
