import {createServer} from 'node:http';
import {gunzipSync} from 'node:zlib';

// A store that accepts InfluxDB's writes and keeps nothing but their size, so that what is measured is the recorder.

const POLICIES = {
	results: [{statement_id: 0, series: [{columns: ['name', 'default'], values: [['default', true]]}]}],
};
const BREAK = '\n'.charCodeAt(0);
const counts = {points: 0, bytes: 0, sentBytes: 0};

const server = createServer((request, response) => {
	const chunks = [];
	request.on('data', chunk => chunks.push(chunk));
	request.once('end', () => {
		if (request.url?.startsWith('/query')) {
			response.setHeader('content-type', 'application/json').end(JSON.stringify(POLICIES));
			return;
		}

		response.writeHead(204).end();
		const sent = Buffer.concat(chunks);
		const text = gunzipSync(sent);
		counts.points += text.reduce((sum, byte) => sum + Number(byte === BREAK), 1);
		counts.bytes += text.length;
		counts.sentBytes += sent.length;
	});
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('message', () => process.send?.(counts));
process.once('disconnect', () => process.exit(0));
