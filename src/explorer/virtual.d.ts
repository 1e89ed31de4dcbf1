declare module 'virtual:layout' {
  const layout: import('./layout.ts').Layout;
  export default layout;
}
