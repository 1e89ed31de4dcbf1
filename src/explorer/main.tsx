import './base.css';
import { render } from 'preact';
import { stateElement } from '../render/explorer-state.ts';
import { App } from './app.tsx';
import { sessionFrom, welcome } from './session.ts';

const given: object | null = JSON.parse(document.getElementById(stateElement)?.textContent ?? 'null');
const root = document.getElementById('app');
if (root !== null) render(<App opening={given === null ? welcome() : sessionFrom(given)} />, root);
