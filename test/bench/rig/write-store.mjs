import {createServer} from 'node:http';

// A store that accepts InfluxDB's writes and keeps nothing, so that what is measured is the recorder.

const POLICIES = {
	results: [{statement_id: 0, series: [{columns: ['name', 'default'], values: [['default', true]]}]}],
};

const server = createServer((request, response) => {
	request.resume().once('end', () => {
		if (request.url?.startsWith('/query')) {
			response.setHeader('content-type', 'application/json').end(JSON.stringify(POLICIES));
		} else {
			response.writeHead(204).end();
		}
	});
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.once('disconnect', () => process.exit(0));
