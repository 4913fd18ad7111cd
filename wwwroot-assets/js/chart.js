import ApexCharts from 'apexcharts'; export const y=ApexCharts
