import './readable.css';

export { default } from 'vitepress/theme';
