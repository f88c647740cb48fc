import {parentPort} from 'node:worker_threads';
import {HostedKubelets} from './hosted-kubelets.ts';
import {MessageBatch} from './message-batch.ts';
import type {Order, Report} from './messages.ts';

// The entry of a scrape worker: connections, TLS, JSON and decoders of many kubelets, in a thread of their own.
const port = parentPort;
if (port === null) {
	throw new Error('only a thread of ktop starts this');
}

const reports = new MessageBatch<Report>((messages, transferred) => port.postMessage(messages, transferred));
const kubelets = new HostedKubelets((report, transferred) => reports.send(report, transferred));
port.on('message', (orders: readonly Order[]) => {
	for (const order of orders) {
		kubelets.obey(order);
	}
});
