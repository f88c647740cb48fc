import {DEMO_SERVER} from './demo/demo-cluster.ts';

// The entry of the single executable, which is ktop and the process of its simulated cluster in one file.
if (process.argv[2] === DEMO_SERVER) {
	process.argv.splice(2, 1);
	void import('./demo/server.ts');
} else {
	void import('./main.ts').then(({main}) => main(process.argv.slice(2)));
}
