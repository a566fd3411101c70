/** The page's one stylesheet: the look of GOV.UK pages, without crown or typeface of theirs. */
export const STYLE = `
*{box-sizing:border-box}html{background:#f3f2f1}body{margin:0;background:#fff;color:#0b0c0c;font:1.1875rem/1.4 system-ui,"Segoe UI",Roboto,Arial,sans-serif}
header{background:#0b0c0c;color:#fff;border-bottom:10px solid #1d70b8}header .width{display:flex;justify-content:space-between;align-items:center;flex-wrap:wrap;gap:10px;padding-top:12px;padding-bottom:12px}
header .name{font-weight:700;font-size:1.375rem}header a{color:#fff}.width{max-width:1020px;margin:0 auto;padding:0 15px 30px}header .width{padding-bottom:12px}
.banner{border-bottom:1px solid #b1b4b6;padding:10px 0;margin:0 0 30px;font-size:1rem}.banner strong{background:#fff7bf;color:#594d00;padding:2px 8px;margin-right:10px}
h1{font-size:2rem;line-height:1.1;margin:0 0 30px}h2{font-size:1.25rem;margin:0 0 15px}.columns{display:flex;flex-wrap:wrap;gap:30px}.main{flex:2 1 340px;min-width:0}.side{flex:1 1 260px;min-width:0;border-top:2px solid #1d70b8;padding-top:15px}
.group{margin:0 0 25px;padding:0;border:0;min-width:0}.group-error{border-left:5px solid #ca3535;padding-left:15px}label,legend{display:block;margin-bottom:5px;font-weight:700;padding:0}.part{display:inline-block;margin-right:20px}.part label{font-weight:400}
.hint{color:#484949;margin-bottom:10px}.error{color:#ca3535;font-weight:700;margin:0 0 10px}input{font:inherit;height:2.5rem;padding:5px;border:2px solid #0b0c0c;width:100%;background:#fff;color:#0b0c0c}.two{width:5ex}.four{width:9ex}.wide{max-width:20em}
.button{display:inline-block;font:inherit;font-weight:600;border:2px solid transparent;border-radius:0;padding:8px 14px 7px;background:#0f7a52;color:#fff;box-shadow:0 2px 0 #083d29;cursor:pointer;text-decoration:none}.button:hover{background:#0b5c3e}
.secondary{background:#f3f2f1;color:#0b0c0c;box-shadow:0 2px 0 #929191}.secondary:hover{background:#dbdad9}.link{font:inherit;border:0;background:none;color:#1a65a6;text-decoration:underline;cursor:pointer;padding:8px 0;margin-top:20px}a{color:#1a65a6}
a:focus,.link:focus{outline:3px solid transparent;background:#fd0;color:#0b0c0c;box-shadow:0 -2px #fd0,0 4px #0b0c0c;text-decoration:none}input:focus{outline:3px solid #fd0;box-shadow:inset 0 0 0 2px #0b0c0c}.button:focus{outline:3px solid transparent;border-color:#fd0;background:#fd0;color:#0b0c0c;box-shadow:0 2px 0 #0b0c0c}
.error-summary{border:5px solid #ca3535;padding:20px;margin-bottom:30px}.error-summary ul{margin:0;padding:0;list-style:none}.error-summary a{color:#ca3535;font-weight:700}
dl{margin:0 0 30px}dt{color:#484949;font-size:1rem}dd{margin:0 0 12px;overflow-wrap:anywhere}.total{font-size:1.5rem;font-weight:700}.cards{padding:0;list-style:none;font-size:1rem}.cards li{margin-bottom:12px}.number{font-weight:700;white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:1rem}th,td{border-bottom:1px solid #b1b4b6;padding:8px 10px 8px 0;text-align:left;vertical-align:top}.scroll{overflow-x:auto}.inline{display:inline-block;margin:0 4px 6px 0}select{font:inherit;padding:5px;border:2px solid #0b0c0c;background:#fff;color:#0b0c0c}select:focus{outline:3px solid #fd0;box-shadow:inset 0 0 0 2px #0b0c0c}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}@media print{.banner,.link,.cards{display:none}}
`;
